import type { LlmCallKind, LlmUsage } from './llm-call.js';

/** Attribute keys that may hold one fact, best first. */
export type AttributeKeys = readonly string[];

/** A place inside an attribute that holds JSON. */
export interface JsonKey {
  readonly attribute: string;
  /** Names from the outside in. */
  readonly path: readonly string[];
}

/** Places that may hold one fact, best first. */
export type FactKeys = readonly (string | JsonKey)[];

/** A setting inside an attribute that holds JSON, which is on where the text has `"name":true`: much quicker than parsing it. */
export interface JsonFlag {
  readonly attribute: string;
  readonly flag: string;
}

/** A setting that is a text, inside an attribute that holds JSON; found as `JsonFlag`s are. */
export interface JsonSetting {
  readonly attribute: string;
  readonly setting: string;
}

/** An attribute that tells how long the first chunk took, or at what time it came (ISO 8601, quoted or not). */
export interface TimeToFirstChunkKey {
  readonly attribute: string;
  readonly unit: 's' | 'ms' | 'time';
}

/** Calls whose token counts the emitter is known to estimate or to add up wrongly. All that is given has to hold. */
export interface InexactCounts {
  readonly because: string;
  readonly provider?: 'anthropic';
  readonly streamed?: true;
  readonly where?: { readonly attribute: string; readonly value: string };
}

/** Whether an input count includes cached tokens; `unknown` where the emitters differ. */
export type InputIncludesCached = 'yes' | 'no' | 'unknown';

/**
 * How one family of instrumentations writes an LLM call into a span. A dialect is described once,
 * as data: reading, pricing and redaction all work from it.
 */
export interface Dialect {
  readonly id: string;
  /** Where the names were read: package and version, or specification. */
  readonly source: string;
  /** A span speaks the dialect when it carries any of these keys… */
  readonly markers: AttributeKeys;
  /** …and, where there are any, its instrumentation scope's name begins with one of these. */
  readonly scopes?: readonly string[];
  /** What the dialect says is all there is: the keys of further dialects are copies that mean something else. */
  readonly isWhole?: boolean;
  /** The served model before the requested one. */
  readonly model: AttributeKeys;
  readonly provider: AttributeKeys;
  /** The served tier before the requested one. */
  readonly serviceTier: readonly (string | JsonKey | JsonSetting)[];
  /** A boolean: whether the response came in chunks. Where the first chunk's time is told, it did. */
  readonly streaming: readonly (string | JsonFlag)[];
  readonly timeToFirstChunk: readonly TimeToFirstChunkKey[];
  readonly operation: {
    readonly keys: AttributeKeys;
    /** What each operation is; `undefined` is an operation that is no LLM call (a tool, a retrieval). */
    readonly kinds: Readonly<Record<string, LlmCallKind | undefined>>;
    /** A span that tells no operation is no LLM call. */
    readonly isRequired?: true;
  };
  readonly usage: { readonly [Count in keyof LlmUsage]-?: FactKeys } & { readonly total: FactKeys };
  /**
   * Counts that are billed on top of those of `usage`, as those of compacting the context. What of them was cached is not told,
   * so that they make the usage inexact.
   */
  readonly surplus?: { readonly inputTokens: string; readonly outputTokens: string };
  /** An attribute with counts that exclude each other, as JSON, in place of `usage`. */
  readonly buckets?: UsageBuckets;
  /** One answer, or one for Anthropic and Bedrock, whose APIs report cached tokens apart, and one for all others. */
  readonly inputIncludesCached:
    | InputIncludesCached
    | { readonly anthropic: InputIncludesCached; readonly others: InputIncludesCached };
  /**
   * What the emitter may leave untold of prompt caching, though the call used it: any counts, how many tokens were
   * written, or only for how long those live, which Anthropic has two prices for.
   */
  readonly untoldCaching?: 'counts' | 'writes' | 'life';
  readonly inexact?: readonly InexactCounts[];
  /** Where the emitter, or the provider's response, already says what the call cost; best first. */
  readonly cost: readonly CostKeys[];
  readonly content: DialectContent;
}

/** Counts of tokens that exclude each other: the input is the sum of all that begin with `input`, or are parts of it by name. */
export interface UsageBuckets {
  readonly attribute: string;
  /** Names of the buckets that are parts of the input, or of the output. */
  readonly cacheReadTokens: readonly string[];
  readonly cacheWriteTokens: readonly string[];
  readonly reasoningTokens: readonly string[];
  readonly inputAudioTokens?: readonly string[];
  readonly outputAudioTokens?: readonly string[];
}

/** A cost that is in the span already: a number, or its digits in JSON or in a list of one, as headers are written. */
export interface CostKeys {
  readonly amount: string | JsonKey;
  /** Key of the ISO 4217 currency; without one, the amount is in USD. */
  readonly currency?: string;
}

/** Where a dialect puts prompt, response and everything else that quotes them. */
export interface DialectContent {
  /** Attributes that are content. */
  readonly keys: AttributeKeys;
  /** Every attribute that begins so is content, unless `safeKeys` has it. */
  readonly prefixes: readonly string[];
  /** Attributes that begin like content, or stand beside it in an event, but are metadata. `*` in place of an index is any index. */
  readonly safeKeys: AttributeKeys;
  /** Attributes that hold JSON with settings, which are safe, beside content. */
  readonly mixedJsonKeys: AttributeKeys;
  /** Span events whose attributes are content. With a dot at its end, how their names begin. */
  readonly events: readonly string[];
}
