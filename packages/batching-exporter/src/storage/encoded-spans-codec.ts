import type { Sized } from '../core/sink.js';
import type { EncodedSpan, Origin } from '../otlp/encoded-span.js';
import type { Codec } from './codec.js';

const ITEM_BYTES = 100;

/**
 * The origins first (number of them; of each the lengths of its resource and scope, and these), then the spans
 * (number of them; of each the number of its origin and its length), then their bytes. Numbers have 32 bits.
 */
export const encodedSpansCodec: Codec<EncodedSpan> = { kind: 'otlp', encode, decode };

function encode(spans: readonly EncodedSpan[]): Uint8Array[] {
  const origins = new Map<Origin, number>();
  for (const { origin } of spans) if (!origins.has(origin)) origins.set(origin, origins.size);
  const parts: Uint8Array[] = [numbers(origins.size)];
  for (const { resource, scopeFields } of origins.keys()) {
    const resourceFields = resource.fields();
    parts.push(numbers(resourceFields.length, scopeFields.length), resourceFields, scopeFields);
  }
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

function decode(record: Buffer): Sized<EncodedSpan>[] {
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
  const origins: Origin[] = [];
  for (let left = number(); left > 0; left--) {
    const [resourceLength, scopeLength] = [number(), number()];
    const resourceFields = bytes(resourceLength);
    origins.push({
      resource: { ready: undefined, fields: () => resourceFields },
      scopeFields: bytes(scopeLength),
    });
  }
  const count = number();
  const table = bytes(count * 8);
  return Array.from({ length: count }, (_, index) => {
    const origin = origins[table.readUInt32LE(index * 8)];
    if (origin === undefined) throw new RangeError('a record names an origin that it does not have');
    const length = table.readUInt32LE(index * 8 + 4);
    bytes(length);
    const item = { origin, bytes: { chunk: record, start: at - length, end: at } };
    return { item, bytes: length + ITEM_BYTES };
  });
}

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) buffer.writeUInt32LE(value, at * 4);
  return buffer;
}
