/** Token counts of one call. Every count is a non-negative integer. */
export interface LlmUsage {
  /** All input tokens, cached ones included. */
  readonly inputTokens: number;
  /** All output tokens, reasoning included. */
  readonly outputTokens: number;
  /** Part of `inputTokens` that was read from the prompt cache. */
  readonly cacheReadTokens?: number;
  /** Part of `inputTokens` that was written to the prompt cache, for whatever time to live. */
  readonly cacheWriteTokens?: number;
  /** Part of `cacheWriteTokens` that was written to live for one hour. */
  readonly cacheWrite1hTokens?: number;
  /** Part of `outputTokens` that was spent on reasoning. */
  readonly reasoningTokens?: number;
  /** Part of `inputTokens` that was audio. */
  readonly inputAudioTokens?: number;
  /** Part of `outputTokens` that was audio. */
  readonly outputAudioTokens?: number;
}

/**
 * What a span is:
 * `inference` is one call of a model; `embedding` is one call of an embedding model; `aggregate` is a
 * span (agent, chain, workflow) whose token counts restate those of the spans below it.
 */
export type LlmCallKind = 'inference' | 'embedding' | 'aggregate';

/** What is odd about a call's attributes. */
export type LlmCallWarning =
  /** The span does not tell whether its input tokens include the cached ones; they were taken to. */
  | 'ambiguous_cache_tokens'
  /** A token count was no usable number, and was left out. */
  | 'invalid_token_count'
  /** The emitter is known to estimate the counts of such calls, or to add them up wrongly. */
  | 'inexact_token_counts'
  /** A part is larger than the count that it is part of, and was left out. */
  | 'contradictory_token_counts';

/** One LLM call, as its span tells it, whatever the span's dialect. */
export interface LlmCall {
  /** Id of the dialect that the token counts, or else the model, were read in. */
  readonly dialect: string;
  readonly kind: LlmCallKind;
  /** Provider as the span names it. */
  readonly provider?: string;
  /** Model as the span names it: the served one if it is told, else the requested one. */
  readonly model?: string;
  /** Absent unless input and output are both known. */
  readonly usage?: LlmUsage;
  /** Tier as the span names it: the served one if it is told, else the requested one. */
  readonly serviceTier?: string;
  /** Whether the response came in chunks; absent where the span does not tell. */
  readonly streaming?: boolean;
  /** Milliseconds from the start of the call to the first chunk. */
  readonly timeToFirstChunkMillis?: number;
  /** What the span itself says that the call cost. USD, more than 0: emitters write 0 for what they don't know. */
  readonly costUsd?: number;
  readonly warnings?: readonly LlmCallWarning[];
}

/** What `readLlmCall` needs of a span: `ReadableSpan` of every SDK since 1.30 has it. */
export interface LlmSpanLike {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Seconds and nanoseconds; only where the time of the first chunk is a time of day is it needed. */
  readonly startTime?: readonly [number, number];
  readonly instrumentationScope?: { readonly name: string; readonly version?: string | undefined };
  /** What SDK 1.30 calls it. */
  readonly instrumentationLibrary?: { readonly name: string; readonly version?: string | undefined };
}
