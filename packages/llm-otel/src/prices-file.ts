import { readFileSync } from 'node:fs';
import { describe, parseJsonObject } from '@llm-otel/common';
import { PriceCatalog, type PriceOverride } from '@llm-otel/pricing';
import { isoDate } from './iso-date.js';

const VERSION = 1;

/**
 * Reads a file of prices: JSON with a `version` (1) and `overrides`, which are `PriceOverride`s as plain data, with dates
 * as text and regular expressions as `{ "regex": … }`.
 *
 * @throws TypeError if it is invalid, which says what is wrong and in which override; Error if it can't be read
 */
export function readPricesFile(path: string): readonly PriceOverride[] {
  const owner = `prices ${path}`;
  const { version, overrides: given, ...others } = parseJsonObject(owner, textOf(owner, path));
  if (version !== VERSION)
    throw new TypeError(`${owner}: "version" must be ${VERSION}, got ${describe(version)}.`);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new TypeError(`${owner}: unknown key "${unknown}". The keys are version, overrides.`);
  if (!Array.isArray(given))
    throw new TypeError(`${owner}: "overrides" must be an array, got ${describe(given)}.`);
  return checked(
    owner,
    given.map((each, index) => overrideOf(`${owner}: overrides[${index}]`, each)),
  );
}

function textOf(owner: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // For a directory, Node's message lacks the path.
    throw new Error(`${owner}: ${(error as Error).message}.`);
  }
}

/** The catalogue checks overrides, and would name only itself. */
function checked(owner: string, given: readonly unknown[]): readonly PriceOverride[] {
  const overrides = given as readonly PriceOverride[];
  try {
    new PriceCatalog({ overrides });
  } catch (error) {
    throw new TypeError(`${owner}: ${(error as Error).message.replace(/^PriceCatalog: /, '')}`);
  }
  return overrides;
}

/** Converts what plain data can't express. The rest is as it was given, and not checked yet. */
function overrideOf(place: string, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const override: Record<string, unknown> = { ...given };
  const named = `${place} (model ${JSON.stringify(override.model)})`;
  override.model = modelOf(place, override.model);
  for (const key of ['from', 'until'])
    if (override[key] !== undefined) override[key] = dateOf(named, key, override[key]);
  return override;
}

function modelOf(place: string, given: unknown): string | RegExp {
  if (typeof given === 'string') return given;
  const { regex, flags = '', ...others } = Object(given);
  if (typeof regex !== 'string' || typeof flags !== 'string' || Object.keys(others).length > 0)
    throw new TypeError(
      `${place}: "model" must be a string, or { "regex": "^acme-" }, got ${describe(given)}.`,
    );
  try {
    return new RegExp(regex, flags);
  } catch (error) {
    throw new TypeError(`${place}: "model" must be a valid regular expression: ${(error as Error).message}.`);
  }
}

function dateOf(place: string, key: string, given: unknown): Date {
  // Without a time zone it would be another moment on each machine.
  const isMoment = typeof given === 'string' && /^[^T]*$|(?:Z|[+-]\d{2}:\d{2})$/.test(given);
  const date = isMoment ? isoDate(given) : undefined;
  if (date !== undefined) return date;
  throw new TypeError(
    `${place}: "${key}" must be a date such as "2026-01-01" or "2026-01-01T00:00:00Z", got ${describe(given)}.`,
  );
}
