import type { AttributeKeys, DialectContent } from '../dialect.js';

/** Where an emitter puts content, beyond what the dialects say. */
export interface ContentCarrier {
  readonly id: string;
  /** Where the names were read: package and version. */
  readonly source: string;
  /** A span belongs to an LLM application when it carries any of these keys. */
  readonly markers: AttributeKeys;
  /** Whether content tells as much as a marker does. Not so for what any span may carry: a log message, copied baggage. */
  readonly contentMarks: boolean;
  readonly content: DialectContent;
}

/** What a carrier says nothing of. */
export const noContent: DialectContent = {
  keys: [],
  prefixes: [],
  safeKeys: [],
  mixedJsonKeys: [],
  events: [],
};
