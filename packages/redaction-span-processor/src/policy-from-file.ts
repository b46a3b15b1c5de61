import { readFileSync } from 'node:fs';
import { describe, parseJsonObject } from '@llm-otel/common';
import type { RedactionOptions } from './options.js';
import { resolvePolicy } from './policy/resolve-policy.js';

const VERSION = 1;

/** Options that a file can't hold: secrets don't belong in it, and functions are not data. */
export type PolicyCompanions = Pick<RedactionOptions, 'hmacKey' | 'meterProvider'>;

/**
 * Reads a policy file: JSON with a `version` (1) and {@link RedactionOptions} as plain data. `policy.schema.json` of this
 * package describes it.
 *
 * @param path - path of the file, which is read synchronously
 * @param companions - options that are not in the file
 * @returns options for `LlmRedactionSpanProcessor`, `redactingSpanExporter`, `redactingSpanProcessor` and
 *   `redactingLogRecordExporter`
 * @throws TypeError if the policy is invalid, which says what is wrong and in which rule; Node's error if the file can't be
 *   read
 */
export function policyFromFile(path: string, companions: PolicyCompanions = {}): RedactionOptions {
  const owner = `policy ${path}`;
  const policy = parseJsonObject(owner, readFileSync(path, 'utf8'));
  const { $schema: _schema, version, ...options } = policy;
  if (version !== VERSION)
    throw new TypeError(`${owner}: "version" must be ${VERSION}, got ${describe(version)}.`);
  for (const name of ['hmacKey', 'meterProvider'])
    if (Object.hasOwn(options, name))
      throw new TypeError(`${owner}: "${name}" does not belong in a file: pass it as the second argument.`);
  const whole: RedactionOptions = { ...options, ...companions };
  resolvePolicy(owner, whole);
  return whole;
}
