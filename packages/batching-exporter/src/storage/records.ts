import { crc32 } from 'node:zlib';

/** Length of the payload, number of items in it, checksum of both and of the payload: 32 bits each, little-endian. */
const HEADER_BYTES = 12;
const CHECKED_HEADER_BYTES = 8;

/** Items that were written to a file together. */
export interface StoredRecord {
  readonly count: number;
  readonly payload: Buffer;
}

export interface StoredRecords {
  readonly records: readonly StoredRecord[];
  /** Whether something other than a whole record follows: the process ended while it wrote, or the file is damaged. */
  readonly isTorn: boolean;
}

/** What is to be written for `count` items whose bytes are `parts`, one after the other. */
export function frameRecord(count: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(
    parts.reduce((sum, { length }) => sum + length, 0),
    0,
  );
  header.writeUInt32LE(count, 4);
  header.writeUInt32LE(checksum(header, parts), CHECKED_HEADER_BYTES);
  return [header, ...parts];
}

/** Reads records up to the first one that is not whole: what follows it can no longer be found. */
export function readRecords(file: Buffer): StoredRecords {
  const records: StoredRecord[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= file.length) {
    const header = file.subarray(at, at + HEADER_BYTES);
    const payload = file.subarray(at + HEADER_BYTES, at + HEADER_BYTES + header.readUInt32LE(0));
    if (checksum(header, [payload]) !== header.readUInt32LE(CHECKED_HEADER_BYTES)) break;
    records.push({ count: header.readUInt32LE(4), payload });
    at += HEADER_BYTES + payload.length;
  }
  return { records, isTorn: at < file.length };
}

/** How many items are in records. */
export function countOf(records: readonly StoredRecord[]): number {
  return records.reduce((sum, { count }) => sum + count, 0);
}

function checksum(header: Buffer, parts: readonly Uint8Array[]): number {
  let sum = crc32(header.subarray(0, CHECKED_HEADER_BYTES));
  for (const part of parts) sum = crc32(part, sum);
  return sum;
}
