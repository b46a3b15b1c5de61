import { readFileSync } from 'node:fs';
import { describe } from '@llm-otel/common';
import type { RedactionOptions } from './options.js';
import { resolvePolicy } from './resolve-policy.js';

const VERSION = 1;

/** Options that no file can hold: a secret does not belong there, and a function is no data. */
export type PolicyCompanions = Pick<RedactionOptions, 'hmacKey' | 'meterProvider'>;

/**
 * Reads a policy: JSON with a `version` (1) and the options of {@link RedactionOptions} as plain data, as
 * `policy.schema.json` of this package describes it.
 *
 * @param companions - options that are not in the file
 * @throws TypeError if the file is no policy: what is wrong, and in which rule; or Node's error if it can't be read
 */
export function policyFromFile(path: string, companions: PolicyCompanions = {}): RedactionOptions {
  const owner = `policy ${path}`;
  // Editors on Windows put a byte order mark before it.
  const policy = parse(owner, readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  const { $schema: _schema, version, ...options } = policy;
  if (version !== VERSION)
    throw new TypeError(`${owner}: "version" must be ${VERSION}, got ${describe(version)}.`);
  for (const name of ['hmacKey', 'meterProvider'])
    if (Object.hasOwn(options, name))
      throw new TypeError(`${owner}: "${name}" does not belong in a file: give it beside the path.`);
  const whole: RedactionOptions = { ...options, ...companions };
  resolvePolicy(owner, whole);
  return whole;
}

function parse(owner: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`${owner}: no JSON: ${(error as Error).message}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${owner}: expected an object, got ${describe(value)}.`);
  return value as Record<string, unknown>;
}
