import type { LlmCallKind, LlmUsage } from './llm-call.js';

/** Attribute keys that may hold one fact, best first. */
export type AttributeKeys = readonly string[];

/**
 * How one family of instrumentations writes an LLM call into a span. A dialect is described once,
 * as data: reading, pricing and redaction all work from it.
 */
export interface Dialect {
  readonly id: string;
  /** Where the names were read: package and version, or specification. */
  readonly source: string;
  /** A span speaks the dialect when it carries any of these keys. */
  readonly markers: AttributeKeys;
  /** The served model before the requested one. */
  readonly model: AttributeKeys;
  readonly provider: AttributeKeys;
  readonly serviceTier: AttributeKeys;
  readonly operation: {
    readonly keys: AttributeKeys;
    /** What each operation is; `undefined` is an operation that is no LLM call (a tool, a retrieval). */
    readonly kinds: Readonly<Record<string, LlmCallKind | undefined>>;
  };
  readonly usage: { readonly [Count in keyof LlmUsage]-?: AttributeKeys } & { readonly total: AttributeKeys };
  /** Whether the input count includes cached tokens; `unknown` where the emitters differ. */
  readonly inputIncludesCached: 'yes' | 'no' | 'unknown';
  /** Where the emitter, or the provider's response, already says what the call cost; best first. */
  readonly cost: readonly CostKeys[];
  readonly content: DialectContent;
}

/** A cost that is in the span already. */
export interface CostKeys {
  readonly amount: string;
  /** Key of the ISO 4217 currency; without one, the amount is in USD. */
  readonly currency?: string;
}

/** Where a dialect puts prompt, response and everything else that quotes them. */
export interface DialectContent {
  /** Attributes that are content. */
  readonly keys: AttributeKeys;
  /** Every attribute that begins so is content, unless `safeKeys` has it. */
  readonly prefixes: readonly string[];
  /** Attributes that begin like content but are metadata. */
  readonly safeKeys: AttributeKeys;
  /** Attributes that hold JSON with settings, which are safe, beside content. */
  readonly mixedJsonKeys: AttributeKeys;
  /** Span events whose attributes are content. */
  readonly events: readonly string[];
}
