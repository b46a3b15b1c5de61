/**
 * The `llm.*` attribute contract of this project: what a span of one LLM call carries.
 *
 * Priorities: P0 is on every LLM span; P1 wherever the provider reports it; P2 is configuration and outcome.
 * `docs/attributes.md` has the same list.
 */

/** The model that served the call if the provider reports it, otherwise the requested one: `claude-3-opus-20240229`. String, P0. */
export const ATTR_LLM_MODEL = 'llm.model' as const;
/** Provider of the model, for example `anthropic` or `openai`. String, P0. */
export const ATTR_LLM_PROVIDER = 'llm.provider' as const;
/** Time from the start of the call to its end; for a stream, to its last chunk. Milliseconds, P0. */
export const ATTR_LLM_LATENCY_MS = 'llm.latency_ms' as const;
/** Whether the call succeeded. Boolean, P0. */
export const ATTR_LLM_SUCCESS = 'llm.success' as const;

/** All input tokens, including cached ones. Integer, P1. */
export const ATTR_LLM_TOKENS_INPUT = 'llm.tokens.input' as const;
/** All output tokens, including reasoning. Integer, P1. */
export const ATTR_LLM_TOKENS_OUTPUT = 'llm.tokens.output' as const;
/** Input plus output tokens. Integer, P1. */
export const ATTR_LLM_TOKENS_TOTAL = 'llm.tokens.total' as const;
/** Input tokens read from the provider's prompt cache, part of `llm.tokens.input`. Integer, P1. */
export const ATTR_LLM_TOKENS_CACHE_READ = 'llm.tokens.cache_read' as const;
/** Input tokens written to the provider's prompt cache, part of `llm.tokens.input`. Integer, P1. */
export const ATTR_LLM_TOKENS_CACHE_WRITE = 'llm.tokens.cache_write' as const;
/** The part of `llm.tokens.cache_write` with a time to live of one hour. Integer, P1. */
export const ATTR_LLM_TOKENS_CACHE_WRITE_1H = 'llm.tokens.cache_write_1h' as const;
/** Output tokens spent on reasoning, part of `llm.tokens.output`. Integer, P1. */
export const ATTR_LLM_TOKENS_REASONING = 'llm.tokens.reasoning' as const;
/** Input tokens that were audio, which is priced separately; part of `llm.tokens.input`. Integer, P1. */
export const ATTR_LLM_TOKENS_INPUT_AUDIO = 'llm.tokens.input_audio' as const;
/** Output tokens that were audio; part of `llm.tokens.output`. Integer, P1. */
export const ATTR_LLM_TOKENS_OUTPUT_AUDIO = 'llm.tokens.output_audio' as const;

/** Cost of the call. USD, rounded to 6 decimals or 6 significant digits, whichever is finer, P1. */
export const ATTR_LLM_COST_USD = 'llm.cost_usd' as const;
/** Why there is no cost, or why the cost is in doubt. One of `LLM_COST_STATUS_VALUE_*`, P1. */
export const ATTR_LLM_COST_STATUS = 'llm.cost.status' as const;
/** Part of the cost for input tokens that were neither read from nor written to the cache. USD. */
export const ATTR_LLM_COST_INPUT_USD = 'llm.cost.input_usd' as const;
/** Part of the cost for output tokens. USD. */
export const ATTR_LLM_COST_OUTPUT_USD = 'llm.cost.output_usd' as const;
/** Part of the cost for tokens read from the prompt cache. USD. */
export const ATTR_LLM_COST_CACHE_READ_USD = 'llm.cost.cache_read_usd' as const;
/** Part of the cost for tokens written to the prompt cache. USD. */
export const ATTR_LLM_COST_CACHE_WRITE_USD = 'llm.cost.cache_write_usd' as const;
/** Name of the price entry that was applied. String. */
export const ATTR_LLM_COST_MODEL = 'llm.cost.model' as const;
/**
 * The service tier whose price was applied for want of a better one: always `standard`. Only if the instrumentation leaves
 * the tier out, and the call would have cost something else at another.
 */
export const ATTR_LLM_COST_ASSUMED_SERVICE_TIER = 'llm.cost.assumed_service_tier' as const;

/**
 * Whether the cost was already on the span (`provider`) or was computed here (`local`). String.
 *
 * Source: the proposed `gen_ai.usage.cost.source` (semantic-conventions-genai#443).
 */
export const ATTR_LLM_COST_SOURCE = 'llm.cost.source' as const;

/** No price is known for the model. */
export const LLM_COST_STATUS_VALUE_UNKNOWN_MODEL = 'unknown_model' as const;
/** The span does not say how many tokens were used. */
export const LLM_COST_STATUS_VALUE_MISSING_TOKENS = 'missing_tokens' as const;
/** The span repeats the tokens of calls below it, which carry the cost. */
export const LLM_COST_STATUS_VALUE_COUNTED_IN_CHILD = 'counted_in_child' as const;
/** The span does not say whether its input tokens include the cached ones; they are assumed to. */
export const LLM_COST_STATUS_VALUE_AMBIGUOUS_CACHE_TOKENS = 'ambiguous_cache_tokens' as const;
/** The instrumentation is known to estimate the tokens of such calls, or to add them up wrongly. There is a cost. */
export const LLM_COST_STATUS_VALUE_INEXACT_TOKENS = 'inexact_tokens' as const;
/** No price is known for the service tier that served the call: the cost is that of the standard tier. */
export const LLM_COST_STATUS_VALUE_UNKNOWN_TIER = 'unknown_tier' as const;

/** On a local root span, on request: number of calls in and below that span. Integer. */
export const ATTR_LLM_ROLLUP_CALLS = 'llm.rollup.calls' as const;
/** Total cost of those of these calls that have one. USD, rounded as `llm.cost_usd`. */
export const ATTR_LLM_ROLLUP_COST_USD = 'llm.rollup.cost_usd' as const;
/** Their input tokens. Integer. */
export const ATTR_LLM_ROLLUP_TOKENS_INPUT = 'llm.rollup.tokens.input' as const;
/** Their output tokens. Integer. */
export const ATTR_LLM_ROLLUP_TOKENS_OUTPUT = 'llm.rollup.tokens.output' as const;
/** Their models. String array, in the order of `llm.rollup.model_costs_usd`. */
export const ATTR_LLM_ROLLUP_MODELS = 'llm.rollup.models' as const;
/** Cost of the calls of each model in `llm.rollup.models`. Number array, USD. */
export const ATTR_LLM_ROLLUP_MODEL_COSTS_USD = 'llm.rollup.model_costs_usd' as const;

/** Sampling temperature of the request. Number, P2. */
export const ATTR_LLM_TEMPERATURE = 'llm.temperature' as const;
/** Maximum number of output tokens of the request. Integer, P2. */
export const ATTR_LLM_MAX_TOKENS = 'llm.max_tokens' as const;
/** Service tier that served the call (`flex`, `priority`, `batch`), in the provider's words; otherwise the requested one. String, P2. */
export const ATTR_LLM_SERVICE_TIER = 'llm.service_tier' as const;
/** Why the model stopped, in the provider's words. String, P2. */
export const ATTR_LLM_STOP_REASON = 'llm.stop_reason' as const;

/** Whether the response was streamed. Boolean, P2. */
export const ATTR_LLM_STREAMING = 'llm.streaming' as const;
/** Time from the start of the call to the first chunk with content. Milliseconds, P2. */
export const ATTR_LLM_TTFT_MS = 'llm.ttft_ms' as const;
/** Number of chunks of a streamed response. Integer, P2. */
export const ATTR_LLM_CHUNKS = 'llm.chunks' as const;

/** Class of the error, one of `LLM_ERROR_TYPE_VALUE_*`. String. */
export const ATTR_LLM_ERROR_TYPE = 'llm.error.type' as const;
/** The error's message; it may quote content, so redaction removes it. String. */
export const ATTR_LLM_ERROR_MESSAGE = 'llm.error.message' as const;
/** HTTP status of the failed call. Integer. */
export const ATTR_LLM_ERROR_STATUS = 'llm.error.status' as const;
/** How long the provider asked the client to wait. Seconds. */
export const ATTR_LLM_ERROR_RETRY_AFTER = 'llm.error.retry_after' as const;

/** The provider's rate limit was exceeded. */
export const LLM_ERROR_TYPE_VALUE_RATE_LIMIT = 'rate_limit' as const;
export const LLM_ERROR_TYPE_VALUE_API_ERROR = 'api_error' as const;
export const LLM_ERROR_TYPE_VALUE_TIMEOUT = 'timeout' as const;
export const LLM_ERROR_TYPE_VALUE_AUTH = 'auth' as const;
export const LLM_ERROR_TYPE_VALUE_INVALID_REQUEST = 'invalid_request' as const;
export const LLM_ERROR_TYPE_VALUE_OVERLOADED = 'overloaded' as const;
export const LLM_ERROR_TYPE_VALUE_CONNECTION = 'connection' as const;
export const LLM_ERROR_TYPE_VALUE_ABORTED = 'aborted' as const;
export const LLM_ERROR_TYPE_VALUE_CONTENT_FILTER = 'content_filter' as const;
export const LLM_ERROR_TYPE_VALUE_UNKNOWN = 'unknown' as const;

/** Number of attempts after the first, including those that a client makes on its own. Integer. */
export const ATTR_LLM_RETRY_COUNT = 'llm.retry_count' as const;
/** Name of the span event of each attempt after the first. */
export const EVENT_LLM_RETRY = 'llm.retry' as const;
/** On `llm.retry`: how long the client waited before this attempt. Milliseconds. */
export const ATTR_LLM_RETRY_DELAY_MS = 'llm.retry.delay_ms' as const;

/** Number of messages in the prompt, in place of the prompt itself. Integer. */
export const ATTR_LLM_PROMPT_MESSAGE_COUNT = 'llm.prompt.message_count' as const;
/** Length of the system prompt. Integer, characters. */
export const ATTR_LLM_PROMPT_SYSTEM_LENGTH = 'llm.prompt.system_length' as const;
/** Length of the response text. Integer, characters. */
export const ATTR_LLM_RESPONSE_LENGTH = 'llm.response.length' as const;

/** The prompt. Content: recorded by this project only on request, and removed by redaction. String. */
export const ATTR_LLM_PROMPT = 'llm.prompt' as const;
/** The response. Content: recorded by this project only on request, and removed by redaction. String. */
export const ATTR_LLM_RESPONSE = 'llm.response' as const;

/** Number of values that redaction removed from the span. Integer; written on request. */
export const ATTR_LLM_REDACTION_REMOVED_COUNT = 'llm.redaction.removed_count' as const;
/** Number of values that redaction masked, hashed or truncated. Integer; written on request. */
export const ATTR_LLM_REDACTION_MASKED_COUNT = 'llm.redaction.masked_count' as const;
/** Keys of the values that redaction removed, masked, hashed or truncated. String array; written on request. */
export const ATTR_LLM_REDACTION_KEYS = 'llm.redaction.keys' as const;
