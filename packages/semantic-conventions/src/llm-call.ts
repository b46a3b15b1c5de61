/** Token counts of one call. Every count is a non-negative integer. */
export interface LlmUsage {
  /** All input tokens, including cached ones. */
  readonly inputTokens: number;
  /** All output tokens, including reasoning. */
  readonly outputTokens: number;
  /** Part of `inputTokens` that was read from the prompt cache. */
  readonly cacheReadTokens?: number;
  /** Part of `inputTokens` that was written to the prompt cache, with any time to live. */
  readonly cacheWriteTokens?: number;
  /** Part of `cacheWriteTokens` with a time to live of one hour. */
  readonly cacheWrite1hTokens?: number;
  /** Part of `outputTokens` that was spent on reasoning. */
  readonly reasoningTokens?: number;
  /** Part of `inputTokens` that was audio. */
  readonly inputAudioTokens?: number;
  /** Part of `outputTokens` that was audio. */
  readonly outputAudioTokens?: number;
}

/**
 * The kind of an LLM span. `inference`: one call of a model. `embedding`: one call of an embedding model. `aggregate`: a
 * span (agent, chain, workflow) whose token counts repeat those of the spans below it.
 */
export type LlmCallKind = 'inference' | 'embedding' | 'aggregate';

/** A problem with the attributes of a call. */
export type LlmCallWarning =
  /** The span does not say whether its input tokens include the cached ones; they are assumed to. */
  | 'ambiguous_cache_tokens'
  /** A token count is not a usable number and was left out. */
  | 'invalid_token_count'
  /** The instrumentation is known to estimate the counts of such calls, or to add them up wrongly. */
  | 'inexact_token_counts'
  /** A part exceeds the count that it is part of, and was left out. */
  | 'contradictory_token_counts';

/** One LLM call, as read from its span, whatever the span's dialect. */
export interface LlmCall {
  /** Id of the dialect in which the token counts were read, or else the model. */
  readonly dialect: string;
  /** What the span describes. */
  readonly kind: LlmCallKind;
  /** Provider as the span names it. */
  readonly provider?: string;
  /** Model as the span names it: the one that served the call if it is recorded, otherwise the requested one. */
  readonly model?: string;
  /** The requested model, if the span names one that is not `model`: an undated name, an alias, a deployment. */
  readonly requestedModel?: string;
  /** Token counts; absent unless both input and output are known. */
  readonly usage?: LlmUsage;
  /** Service tier as the span names it: the one that served the call if it is recorded, otherwise the requested one. */
  readonly serviceTier?: string;
  /** There is no `serviceTier`, and the instrumentation may have left it out: the call may have been served at any. */
  readonly isTierUntold?: true;
  /** Whether the response was streamed; absent if the span does not say. */
  readonly streaming?: boolean;
  /** Milliseconds from the start of the call to the first chunk. */
  readonly timeToFirstChunkMillis?: number;
  /** The cost that is already on the span. USD, more than 0: instrumentations write 0 for what they don't know. */
  readonly costUsd?: number;
  /** Problems with the attributes; absent if there are none. */
  readonly warnings?: readonly LlmCallWarning[];
}

/** The parts of a span that `readLlmCall` needs. The `ReadableSpan` of every SDK since 1.30 has them. */
export interface LlmSpanLike {
  /** Attributes of the span. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Start as seconds and nanoseconds since the Unix epoch. Needed only if the first chunk is recorded as a time of day. */
  readonly startTime?: readonly [number, number];
  /** Instrumentation scope. */
  readonly instrumentationScope?: { readonly name: string; readonly version?: string | undefined };
  /** Instrumentation scope, as SDK 1.30 calls it. */
  readonly instrumentationLibrary?: { readonly name: string; readonly version?: string | undefined };
}
