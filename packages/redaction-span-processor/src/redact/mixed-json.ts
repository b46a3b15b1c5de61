import {
  contentNamesInMetadata,
  countName,
  safeNames,
  safeSettings,
  settingGroups,
} from '../keys/content-rules.js';
import { parseJson } from './json.js';

/** Longer text is not parsed: that would be more than constant work in the application's `span.end()`. */
const MAX_JSON_LENGTH = 16_384;
const MAX_NAME_LENGTH = 64;
const MAX_GROUP_DEPTH = 4;

type Json = Record<string, unknown>;
type Filter = (source: Json) => Json;

/** Keeps the settings that are known to be safe. @returns `undefined` if there are none, or the value is not a JSON object */
export function keepSettings(value: unknown): unknown {
  return filterJson(value, (source) => safeSettingsOf(source, 0));
}

/** Removes the names that are known to be content. @returns `undefined` if a value that has them is not a JSON object */
export function keepMetadata(value: unknown): unknown {
  if (typeof value === 'string' && !contentNamesInMetadata.some((name) => value.includes(name))) return value;
  if (isMap(value) && !contentNamesInMetadata.some((name) => Object.hasOwn(value, name))) return value;
  return filterJson(value, (source) =>
    Object.fromEntries(Object.entries(source).filter(([name]) => !contentNamesInMetadata.includes(name))),
  );
}

/** Text for text: it is always serialized again, because JSON may have a name twice, of which only the last is seen. */
function filterJson(value: unknown, filter: Filter): unknown {
  if (isMap(value)) return orNone(filter(value));
  const parsed = typeof value === 'string' ? parseJson(value, MAX_JSON_LENGTH) : undefined;
  const kept = isMap(parsed) ? orNone(filter(parsed)) : undefined;
  return kept && JSON.stringify(kept);
}

function safeSettingsOf(source: Json, depth: number): Json {
  const kept: Json = {};
  for (const [name, value] of Object.entries(source)) {
    if (isSafe(name, value)) kept[name] = value;
    else if (settingGroups.has(name) && isMap(value) && depth < MAX_GROUP_DEPTH) {
      const group = orNone(safeSettingsOf(value, depth + 1));
      if (group !== undefined) kept[name] = group;
    }
  }
  return kept;
}

function isSafe(name: string, value: unknown): boolean {
  if (typeof value === 'string')
    return safeNames.has(name) && value.length <= MAX_NAME_LENGTH && !/\s/.test(value);
  if (typeof value === 'number' && countName.test(name)) return true;
  return (
    (typeof value === 'number' || typeof value === 'boolean' || value === null) && safeSettings.has(name)
  );
}

function orNone(map: Json): Json | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
