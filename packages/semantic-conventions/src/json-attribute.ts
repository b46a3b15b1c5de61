/** Provider metadata and usage details are some hundred bytes; what is much longer is content, and not worth parsing. */
const MAX_LENGTH = 65_536;

/** The value that was parsed last: several counts of a span come from one attribute. */
let latestText: string | undefined;
let latestValue: unknown;

/** What an attribute that holds JSON says, at a place in it; `undefined` where it says nothing, or is no JSON. */
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
