import { type ProtobufWriter, varintBytes } from './protobuf-writer.js';

// opentelemetry.proto.common.v1
const KEY_VALUE = { key: 0x0a, value: 0x12 };
const ANY_VALUE = {
  string: 0x0a,
  bool: 0x10,
  int: 0x18,
  double: 0x21,
  array: 0x2a,
  keyValues: 0x32,
  bytes: 0x3a,
};
const VALUES = 0x0a;

/** Maps and arrays may nest this deep in what a span holds; what is deeper is written as a value that is not set. */
const MAX_DEPTH = 50;

/** Thrown when a message gets larger than it may be. */
export const tooLarge: Error = new Error('The span is larger than batch.maxBytes.');

/**
 * Writes attributes, each as a KeyValue of the field `tag`.
 *
 * @throws {@link tooLarge} when the message in `writer` exceeds `maxBytes`
 */
export function encodeAttributes(
  writer: ProtobufWriter,
  tag: number,
  attributes: Readonly<Record<string, unknown>> | undefined,
  maxBytes: number,
): void {
  encodeMap(writer, tag, attributes, maxBytes, 0);
}

function encodeMap(
  writer: ProtobufWriter,
  tag: number,
  map: Readonly<Record<string, unknown>> | undefined,
  maxBytes: number,
  depth: number,
): void {
  for (const key in map) {
    if (!Object.hasOwn(map, key)) continue;
    const value = map[key];
    const valueGuess = guessLength(value);
    const guess = key.length + valueGuess + 2 + varintBytes(valueGuess) + varintBytes(key.length);
    const opened = writer.open(tag, guess);
    writer.text(KEY_VALUE.key, key);
    encodeAnyValue(writer, KEY_VALUE.value, value, valueGuess, maxBytes, depth);
    writer.close(opened, guess);
  }
}

function encodeAnyValue(
  writer: ProtobufWriter,
  tag: number,
  value: unknown,
  guess: number,
  maxBytes: number,
  depth: number,
): void {
  // Checked before it is written: a value may be larger than any memory there is.
  if (writer.length + guess > maxBytes) throw tooLarge;
  const opened = writer.open(tag, guess);
  switch (typeof value) {
    case 'string':
      writer.text(ANY_VALUE.string, value);
      break;
    case 'number':
      if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63)
        writer.int64(ANY_VALUE.int, value);
      else writer.double(ANY_VALUE.double, value);
      break;
    case 'boolean':
      writer.uint32(ANY_VALUE.bool, value ? 1 : 0);
      break;
    case 'object':
      if (value !== null && depth < MAX_DEPTH) encodeObject(writer, value, maxBytes, depth + 1);
  }
  writer.close(opened, guess);
}

function encodeObject(writer: ProtobufWriter, value: object, maxBytes: number, depth: number): void {
  if (value instanceof Uint8Array) {
    writer.bytes(ANY_VALUE.bytes, value);
    return;
  }
  const opened = writer.open(Array.isArray(value) ? ANY_VALUE.array : ANY_VALUE.keyValues, 0);
  if (Array.isArray(value))
    for (const element of value)
      encodeAnyValue(writer, VALUES, element, guessLength(element), maxBytes, depth);
  else encodeMap(writer, VALUES, value as Record<string, unknown>, maxBytes, depth);
  writer.close(opened, 0);
}

/** The length of a value as an AnyValue message, if text is ASCII; of a map or an array it is not known. */
function guessLength(value: unknown): number {
  if (typeof value === 'string') return 1 + varintBytes(value.length) + value.length;
  if (value instanceof Uint8Array) return 1 + varintBytes(value.length) + value.length;
  return 0;
}
