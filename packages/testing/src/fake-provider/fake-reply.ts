/** An HTTP error, or with `errorAfterChunks` an error event; worded in each API's own format. */
export interface FakeError {
  readonly status: number;
  readonly message?: string;
  /** The API's own word, as in `rate_limit_error`. @defaultValue what the API says for the status */
  readonly type?: string;
  /** OpenAI's `code`. @defaultValue what the API says for the status */
  readonly code?: string;
  /** Value of the `retry-after` header; fractions work with the official clients. */
  readonly retryAfterSeconds?: number;
}

/** Token counts in no API's words: the server reports them in each API's own way. */
export interface FakeUsage {
  /** All input tokens, cached ones included (Anthropic's `input_tokens` leaves those out, and so does the server there). */
  readonly input?: number;
  /** All output tokens, reasoning included. */
  readonly output?: number;
  readonly cacheRead?: number;
  /** Written to the cache, for whatever time to live. */
  readonly cacheWrite?: number;
  /** The part of `cacheWrite` that lives for an hour; only Anthropic reports it. */
  readonly cacheWrite1h?: number;
  readonly reasoning?: number;
}

/** What the fake provider answers, whichever API is asked. Everything has a sensible default. */
export interface FakeReply {
  /** @defaultValue 'Hello from the fake provider.'; '' with `toolCalls` */
  readonly text?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[];
  /** Reasoning text: a thinking block (Anthropic), a summary (responses), `reasoning_content` (chat, as DeepSeek and vLLM do). */
  readonly reasoning?: string;
  /** The API's own word. Responses: `max_output_tokens` or `content_filter` make the response incomplete. */
  readonly stopReason?: string;
  /** Chat and completions: as many further choices, of the same text, which end for these reasons. */
  readonly moreStopReasons?: readonly string[];
  /** The model served. @defaultValue the requested one */
  readonly model?: string;
  /** @defaultValue `{ input: 20, output: 8 }` */
  readonly usage?: FakeUsage;
  /** The service tier served. */
  readonly serviceTier?: string;
  /** What the call cost, in USD, as OpenRouter reports it in the usage of a chat. */
  readonly costUsd?: number;
  /** Further headers of a response that is no error. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Before the response's headers. */
  readonly latencyMillis?: number;
  /** The pieces in which text is streamed. @defaultValue `text`, word by word */
  readonly chunks?: readonly string[];
  /** Pause between two content chunks of a stream. */
  readonly chunkDelayMillis?: number;
  readonly error?: FakeError;
  /** Streams: closes the connection after that many content chunks (pieces of text, reasoning or tool arguments). */
  readonly cutAfterChunks?: number;
  /** Streams: an error event after that many content chunks; `error` words it. */
  readonly errorAfterChunks?: number;
  /** Never answers. */
  readonly hang?: boolean;
}

/** A reply with its defaults filled in. */
export interface ResolvedReply {
  readonly text: string;
  readonly chunks: readonly string[];
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  readonly reasoning: string | undefined;
  readonly stopReason: string | undefined;
  readonly moreStopReasons: readonly string[];
  readonly model: string;
  readonly serviceTier: string | undefined;
  readonly costUsd: number | undefined;
  readonly usage: Required<FakeUsage>;
}

export function resolveReply(reply: FakeReply, requestedModel: string): ResolvedReply {
  const { toolCalls = [], chunks, usage } = reply;
  const defaultText = toolCalls.length > 0 ? '' : 'Hello from the fake provider.';
  const text = reply.text ?? chunks?.join('') ?? defaultText;
  return {
    text,
    chunks: chunks ?? words(text),
    toolCalls,
    reasoning: reply.reasoning,
    stopReason: reply.stopReason,
    moreStopReasons: reply.moreStopReasons ?? [],
    model: reply.model ?? requestedModel,
    serviceTier: reply.serviceTier,
    costUsd: reply.costUsd,
    usage: { input: 20, output: 8, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, reasoning: 0, ...usage },
  };
}

/** Splits a text into pieces that are a word and the space after it: joined, they are the text again. */
export function words(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

/** Splits tool arguments into two pieces, so that a client has something to join. */
export function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].filter((half) => half !== '');
}
