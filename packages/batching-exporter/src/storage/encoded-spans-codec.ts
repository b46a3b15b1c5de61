import { type EncodedResource, type EncodedSpan, type Origin, sizeOfEncoded } from '../otlp/encoded-span.js';
import type { Codec } from './codec.js';

/**
 * Resources, the scopes below them, and spans: of each kind how many there are, and one after the other. A resource
 * is its length and its bytes; a scope the number of its resource, its length and its bytes; of the spans the numbers
 * of their scopes and their lengths come first, and then the bytes of all. Numbers have 32 bits.
 */
export const encodedSpansCodec: Codec<EncodedSpan> = { kind: 'otlp', encode, decode, sizeOf: sizeOfEncoded };

function encode(spans: readonly EncodedSpan[]): Uint8Array[] {
  const origins = numbered(spans.map(({ origin }) => origin));
  const resources = numbered([...origins.keys()].map(({ resource }) => resource));
  const parts: Uint8Array[] = [numbers(resources.size)];
  for (const resource of resources.keys()) {
    const fields = resource.fields();
    parts.push(numbers(fields.length), fields);
  }
  parts.push(numbers(origins.size));
  for (const { resource, scopeFields } of origins.keys())
    parts.push(numbers(resources.get(resource) ?? 0, scopeFields.length), scopeFields);
  const table = Buffer.alloc(4 + spans.length * 8);
  table.writeUInt32LE(spans.length, 0);
  parts.push(table);
  spans.forEach(({ bytes, origin }, at) => {
    table.writeUInt32LE(origins.get(origin) ?? 0, 4 + at * 8);
    table.writeUInt32LE(bytes.end - bytes.start, 8 + at * 8);
    parts.push(bytes.chunk.subarray(bytes.start, bytes.end));
  });
  return parts;
}

function decode(record: Buffer): EncodedSpan[] {
  let at = 0;
  const number = (): number => {
    at += 4;
    return record.readUInt32LE(at - 4);
  };
  const bytes = (length: number): Buffer => {
    if (at + length > record.length) throw new RangeError('a record is too short for what is in it');
    at += length;
    return record.subarray(at - length, at);
  };
  const resources: EncodedResource[] = [];
  for (let left = number(); left > 0; left--) {
    const fields = bytes(number());
    resources.push({ ready: undefined, fields: () => fields });
  }
  const origins: Origin[] = [];
  for (let left = number(); left > 0; left--)
    origins.push({ resource: found(resources[number()]), scopeFields: bytes(number()) });
  const count = number();
  const table = bytes(count * 8);
  return Array.from({ length: count }, (_, index) => {
    const origin = found(origins[table.readUInt32LE(index * 8)]);
    const length = table.readUInt32LE(index * 8 + 4);
    bytes(length);
    return { origin, bytes: { chunk: record, start: at - length, end: at } };
  });
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a record names something that it does not have');
  return value;
}

function numbered<T>(values: readonly T[]): Map<T, number> {
  const numbers = new Map<T, number>();
  for (const value of values) if (!numbers.has(value)) numbers.set(value, numbers.size);
  return numbers;
}

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) buffer.writeUInt32LE(value, at * 4);
  return buffer;
}
