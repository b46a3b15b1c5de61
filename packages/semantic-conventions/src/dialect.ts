import type { LlmCallKind, LlmUsage } from './llm-call.js';

/** Attribute keys that may hold a certain fact, in order of preference. */
export type AttributeKeys = readonly string[];

/** A place inside an attribute that holds JSON. */
export interface JsonKey {
  /** Key of the attribute. */
  readonly attribute: string;
  /** Names from the outside in. */
  readonly path: readonly string[];
}

/** Places that may hold a certain fact, in order of preference. */
export type FactKeys = readonly (string | JsonKey)[];

/** A boolean setting inside an attribute that holds JSON. It is on if the text has `"name":true`, which is much quicker than parsing. */
export interface JsonFlag {
  readonly attribute: string;
  readonly flag: string;
}

/** A string setting inside an attribute that holds JSON, found in the same way as a {@link JsonFlag}. */
export interface JsonSetting {
  readonly attribute: string;
  readonly setting: string;
}

/** An attribute with the time to the first chunk in `s` or `ms`, or with its time of day (`time`: ISO 8601, quoted or not). */
export interface TimeToFirstChunkKey {
  readonly attribute: string;
  readonly unit: 's' | 'ms' | 'time';
}

/** Calls whose token counts the instrumentation is known to estimate or to add up wrongly. All given conditions must be met. */
export interface InexactCounts {
  /** Why the counts are inexact. */
  readonly because: string;
  readonly provider?: 'anthropic';
  readonly streamed?: true;
  readonly where?: { readonly attribute: string; readonly value: string };
}

/** Whether an input count includes cached tokens; `unknown` if instrumentations differ. */
export type InputIncludesCached = 'yes' | 'no' | 'unknown';

/**
 * How one family of instrumentations describes an LLM call in a span. A dialect is described once, as data, from which
 * reading, pricing and redaction all work.
 */
export interface Dialect {
  /** Name of the dialect. */
  readonly id: string;
  /** Source of the names: package and version, or specification. */
  readonly source: string;
  /** A span is in this dialect if it has any of these keys… */
  readonly markers: AttributeKeys;
  /** …and if, when this is set, the name of its instrumentation scope begins with one of these. */
  readonly scopes?: readonly string[];
  /** Whether the dialect is complete: keys of further dialects on the same span are copies with a different meaning. */
  readonly isWhole?: boolean;
  /** The model that served the call, before the requested one. */
  readonly model: FactKeys;
  /** The provider. */
  readonly provider: FactKeys;
  /** The service tier that served the call, before the requested one. */
  readonly serviceTier: readonly (string | JsonKey | JsonSetting)[];
  /** A boolean: whether the response was streamed. It was if the span has the time to the first chunk. */
  readonly streaming: readonly (string | JsonFlag)[];
  /** Time to the first chunk. */
  readonly timeToFirstChunk: readonly TimeToFirstChunkKey[];
  /** What the span does. */
  readonly operation: {
    readonly keys: AttributeKeys;
    /** The kind of each operation; `undefined` for one that is not an LLM call (a tool, a retrieval). */
    readonly kinds: Readonly<Record<string, LlmCallKind | undefined>>;
    /** A span without an operation is not an LLM call. */
    readonly isRequired?: true;
  };
  /** Where the token counts are. */
  readonly usage: { readonly [Count in keyof LlmUsage]-?: FactKeys } & { readonly total: FactKeys };
  /**
   * Counts that are billed in addition to those of `usage`, for example for compacting the context. How many of these
   * tokens were cached is not recorded, so they make the usage inexact.
   */
  readonly surplus?: { readonly inputTokens: string; readonly outputTokens: string };
  /** An attribute with JSON of disjoint counts, instead of `usage`. */
  readonly buckets?: UsageBuckets;
  /** One answer for all; or one for Anthropic and Bedrock, whose APIs report cached tokens separately, and one for all others. */
  readonly inputIncludesCached:
    | InputIncludesCached
    | { readonly anthropic: InputIncludesCached; readonly others: InputIncludesCached };
  /**
   * What the instrumentation may leave out about prompt caching although the call used it: all counts, the number of
   * tokens written, or only their time to live, for which Anthropic has two prices.
   */
  readonly untoldCaching?: 'counts' | 'writes' | 'life';
  /**
   * The instrumentation may leave the service tier out: a call without one may have been served at any. If this is a key,
   * only spans with that attribute are from such an instrumentation.
   */
  readonly untoldTier?: true | string;
  /** Calls whose counts are inexact. */
  readonly inexact?: readonly InexactCounts[];
  /** Where the instrumentation, or the provider's response, has already recorded the cost; in order of preference. */
  readonly cost: readonly CostKeys[];
  /** Where content is. */
  readonly content: DialectContent;
}

/** Disjoint token counts: the input is the sum of all counts whose names begin with `input`, or which are named here as parts of it. */
export interface UsageBuckets {
  /** Key of the attribute. */
  readonly attribute: string;
  /** Names of the counts that are parts of the input, or of the output. */
  readonly cacheReadTokens: readonly string[];
  readonly cacheWriteTokens: readonly string[];
  readonly reasoningTokens: readonly string[];
  readonly inputAudioTokens?: readonly string[];
  readonly outputAudioTokens?: readonly string[];
}

/** A cost that is already on the span: a number, or a string of digits, also in JSON or (as headers are written) in a list of one. */
export interface CostKeys {
  /** Where the amount is. */
  readonly amount: string | JsonKey;
  /** Key of the ISO 4217 currency; without one, the amount is in USD. */
  readonly currency?: string;
}

/** Where a dialect puts prompts, responses and everything that quotes them. */
export interface DialectContent {
  /** Attributes that are content. */
  readonly keys: AttributeKeys;
  /** Every attribute whose key begins with one of these is content, unless it is in `safeKeys`. */
  readonly prefixes: readonly string[];
  /** Attributes that begin like content, or accompany it in an event, but are metadata. `*` stands for any index. */
  readonly safeKeys: AttributeKeys;
  /** Attributes with JSON that mixes settings, which are safe, with content. */
  readonly mixedJsonKeys: AttributeKeys;
  /** Names of span events whose attributes are content. A name that ends with a dot is a prefix. */
  readonly events: readonly string[];
}
