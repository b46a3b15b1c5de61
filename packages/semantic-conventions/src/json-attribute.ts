/** Provider metadata and usage details have some hundred bytes. What is much longer is content and not worth parsing. */
const MAX_LENGTH = 65_536;

/** The value that was parsed last: several counts of a span come from one attribute. */
let latestText: string | undefined;
let latestValue: unknown;

/** The value at a place inside an attribute that holds JSON; `undefined` if there is none, or it is not JSON. */
export function readJson(value: unknown, path: readonly string[] = []): unknown {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined;
  if (value !== latestText) {
    latestText = value;
    try {
      latestValue = JSON.parse(value);
    } catch {
      latestValue = undefined;
    }
  }
  return path.reduce(
    (place, name) =>
      typeof place === 'object' && place !== null && Object.hasOwn(place, name)
        ? (place as Record<string, unknown>)[name]
        : undefined,
    latestValue,
  );
}
