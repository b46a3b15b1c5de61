/** Bytes allocated at a time: spans lie one after the other, so that a request is made of few pieces. */
const CHUNK_BYTES = 512 * 1_024;
/** Up to this many characters a loop is faster than a call into native code. */
const SHORT_TEXT = 40;
/** Room for a tag and any number, or for a tag and a length. */
const FIELD_BYTES = 12;

/** What a writer wrote, still in the chunk where it lies. */
export interface Bytes {
  readonly chunk: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Writes protobuf messages one after the other into large chunks, and never again where it has been: a chunk lives
 * for as long as somebody holds bytes in it. Tags are those of the wire: the field's number times 8, plus its type.
 */
export class ProtobufWriter {
  #chunk: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #start = 0;
  #at = 0;

  /** Begins what `finish` answers. */
  begin(): void {
    this.#start = this.#at;
  }

  finish(): Bytes {
    return { chunk: this.#chunk, start: this.#start, end: this.#at };
  }

  /** Bytes written since `begin`. */
  get length(): number {
    return this.#at - this.#start;
  }

  /** Takes back what was written since `begin`. */
  rewind(): void {
    this.#at = this.#start;
  }

  /** @param value - from 0 to 2^32 - 1 */
  uint32(tag: number, value: number): void {
    this.#reserve(FIELD_BYTES);
    this.#varint(tag);
    this.#varint(value);
  }

  /** @param value - an integer from -2^63 to 2^63 - 1 */
  int64(tag: number, value: number): void {
    this.#reserve(FIELD_BYTES);
    this.#varint(tag);
    let low = value % 2 ** 32;
    let high = Math.floor(value / 2 ** 32);
    if (low < 0) low += 2 ** 32;
    low >>>= 0;
    high >>>= 0;
    while (high > 0) {
      this.#chunk[this.#at++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.#varint(low);
  }

  fixed32(tag: number, value: number): void {
    this.#reserve(FIELD_BYTES);
    this.#varint(tag);
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
  }

  double(tag: number, value: number): void {
    this.#reserve(FIELD_BYTES);
    this.#varint(tag);
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  /** A time as fixed64 nanoseconds, which no JavaScript number can hold. */
  nanoseconds(tag: number, seconds: number, nanos: number): void {
    this.#reserve(FIELD_BYTES);
    this.#varint(tag);
    // 16 bits of the seconds at a time: each product stays below 2^53.
    const low = (seconds % 0x10000) * 1e9 + nanos;
    const high = Math.floor(seconds / 0x10000) * 1e9 + Math.floor(low / 0x10000);
    this.#view.setUint32(this.#at, (high % 0x10000) * 0x10000 + (low % 0x10000), true);
    this.#view.setUint32(this.#at + 4, Math.floor(high / 0x10000), true);
    this.#at += 8;
  }

  bytes(tag: number, value: Uint8Array): void {
    this.#reserve(FIELD_BYTES + value.length);
    this.#varint(tag);
    this.#varint(value.length);
    this.#chunk.set(value, this.#at);
    this.#at += value.length;
  }

  /** Bytes given as hexadecimal digits, two each. */
  hex(tag: number, digits: string): void {
    const length = digits.length >>> 1;
    this.#reserve(FIELD_BYTES + length);
    this.#varint(tag);
    this.#varint(length);
    for (let i = 0; i < digits.length - 1; i += 2)
      this.#chunk[this.#at++] = (nibble(digits.charCodeAt(i)) << 4) | nibble(digits.charCodeAt(i + 1));
  }

  /** Text as UTF-8; a lone surrogate becomes U+FFFD. */
  text(tag: number, value: string): void {
    this.#reserve(FIELD_BYTES + Math.min(value.length, SHORT_TEXT));
    this.#varint(tag);
    if (value.length > SHORT_TEXT || !this.#shortAscii(value)) this.#longText(value);
  }

  /**
   * Opens a message within what is being written.
   *
   * @param guess - its length, as far as it is known: if right, nothing has to be moved in `close`
   * @returns for `close`
   */
  open(tag: number, guess: number): number {
    this.#reserve(FIELD_BYTES);
    this.#varint(tag);
    this.#at += varintBytes(guess);
    return this.#at - this.#start;
  }

  /**
   * @param opened - what `open` answered
   * @param guess - what it was given
   */
  close(opened: number, guess: number): void {
    this.#reserve(FIELD_BYTES);
    this.#insertLength(this.#start + opened, varintBytes(guess));
  }

  /** Writes the length of what lies from `start` on into the `room` before it, or makes the room that it needs. */
  #insertLength(start: number, room: number): void {
    const length = this.#at - start;
    const needed = varintBytes(length);
    if (needed !== room) this.#chunk.copyWithin(start + needed - room, start, this.#at);
    this.#at = start - room;
    this.#varint(length);
    this.#at += length;
  }

  /** Writes nothing if there is more than ASCII. */
  #shortAscii(value: string): boolean {
    const chunk = this.#chunk;
    const { length } = value;
    let at = this.#at + 1;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      chunk[at++] = code;
    }
    // SHORT_TEXT keeps it to one byte.
    chunk[this.#at] = length;
    this.#at = at;
    return true;
  }

  #longText(value: string): void {
    // To count the bytes takes as long as to write them: only where they might not fit.
    if (this.#chunk.length - this.#at < FIELD_BYTES + 3 * value.length)
      this.#reserve(FIELD_BYTES + Buffer.byteLength(value));
    const room = varintBytes(value.length);
    const start = this.#at + room;
    this.#at = start + this.#chunk.write(value, start);
    this.#insertLength(start, room);
  }

  #varint(value: number): void {
    while (value > 0x7f) {
      this.#chunk[this.#at++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.#chunk[this.#at++] = value;
  }

  #reserve(bytes: number): void {
    if (this.#chunk.length - this.#at < bytes) this.#moveToNewChunk(bytes);
  }

  #moveToNewChunk(bytes: number): void {
    const { length } = this;
    // More than asked for: a message of many values would else be moved for each of them.
    const chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, length + bytes + (length >>> 3)));
    this.#chunk.copy(chunk, 0, this.#start, this.#at);
    this.#chunk = chunk;
    this.#view = new DataView(chunk.buffer);
    this.#start = 0;
    this.#at = length;
  }
}

/** How many bytes a number takes as a varint. */
export function varintBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  return value < 0x10000000 ? 4 : 5;
}

function nibble(code: number): number {
  // '0' to '9', else letters of either case
  return code <= 57 ? code - 48 : (code & 0xf) + 9;
}
