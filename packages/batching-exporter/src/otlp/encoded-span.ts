import type { Bytes } from './protobuf-writer.js';

/** A span as the field of a ScopeSpans message, with what it belongs under. */
export interface EncodedSpan {
  readonly bytes: Bytes;
  readonly origin: Origin;
}

/** What an encoded span takes in memory besides its bytes. */
export const ITEM_BYTES = 100;

export function sizeOfEncoded({ bytes }: EncodedSpan): number {
  return bytes.end - bytes.start + ITEM_BYTES;
}

/** What spans of one scope and resource share in a request. Two spans belong together if theirs are the same object. */
export interface Origin {
  readonly resource: EncodedResource;
  /** The fields of ScopeSpans but for its spans. */
  readonly scopeFields: Uint8Array;
}

export interface EncodedResource {
  /** Resolves when the resource's attributes are known, or can't be. */
  readonly ready: Promise<void> | undefined;
  /** The fields of ResourceSpans but for its spans; asked for when `ready`. */
  fields(): Uint8Array;
}
