import type { AttributeKeys, DialectContent } from '../dialect.js';

/** Where an instrumentation puts content, beyond what the dialects list. */
export interface ContentCarrier {
  /** Name of the instrumentation. */
  readonly id: string;
  /** Source of the names: package and version. */
  readonly source: string;
  /** A span belongs to an LLM application if it has any of these keys. */
  readonly markers: AttributeKeys;
  /** Whether content counts as a marker too. It does not if any span may carry it: a log message, copied baggage. */
  readonly contentMarks: boolean;
  /** Where content is. */
  readonly content: DialectContent;
}

/** The default for what a carrier does not have. */
export const noContent: DialectContent = {
  keys: [],
  prefixes: [],
  safeKeys: [],
  mixedJsonKeys: [],
  events: [],
};
