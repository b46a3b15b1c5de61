import {
  ATTR_LLM_CHUNKS,
  ATTR_LLM_COST_STATUS,
  ATTR_LLM_COST_USD,
  ATTR_LLM_ERROR_TYPE,
  ATTR_LLM_LATENCY_MS,
  ATTR_LLM_MODEL,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
  ATTR_LLM_RETRY_COUNT,
  ATTR_LLM_SUCCESS,
  ATTR_LLM_TOKENS_INPUT,
  ATTR_LLM_TOKENS_OUTPUT,
  ATTR_LLM_TTFT_MS,
} from '@llm-otel/semantic-conventions';

interface SpanAttributes {
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One LLM call, as read from its span. */
export interface Row {
  readonly model: string;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly costUsd: number | undefined;
  /** Why there is no cost. */
  readonly costStatus: string | undefined;
  readonly latencyMillis: number;
  readonly timeToFirstTokenMillis: number | undefined;
  readonly chunks: number | undefined;
  readonly retries: number;
  /** `ok`, or the error's class. */
  readonly outcome: string;
}

/** The rows of the table: one for each span of this project's instrumentation. */
export function toRows(spans: readonly SpanAttributes[]): Row[] {
  return spans
    .filter(({ attributes }) => attributes[ATTR_LLM_LATENCY_MS] !== undefined)
    .map(({ attributes }) => {
      const number = (key: string) => attributes[key] as number | undefined;
      const string = (key: string) => attributes[key] as string | undefined;
      return {
        model: string(ATTR_LLM_MODEL) ?? '?',
        inputTokens: number(ATTR_LLM_TOKENS_INPUT),
        outputTokens: number(ATTR_LLM_TOKENS_OUTPUT),
        costUsd: number(ATTR_LLM_COST_USD),
        costStatus: string(ATTR_LLM_COST_STATUS),
        latencyMillis: number(ATTR_LLM_LATENCY_MS) ?? Number.NaN,
        timeToFirstTokenMillis: number(ATTR_LLM_TTFT_MS),
        chunks: number(ATTR_LLM_CHUNKS),
        retries: number(ATTR_LLM_RETRY_COUNT) ?? 0,
        outcome: attributes[ATTR_LLM_SUCCESS] === true ? 'ok' : (string(ATTR_LLM_ERROR_TYPE) ?? 'error'),
      };
    });
}

/** How many values redaction removed, as the spans themselves say. */
export function removedValues(spans: readonly SpanAttributes[]): number {
  return spans.reduce(
    (sum, { attributes }) => sum + Number(attributes[ATTR_LLM_REDACTION_REMOVED_COUNT] ?? 0),
    0,
  );
}
