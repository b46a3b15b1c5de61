import {
  ATTR_LLM_ERROR_RETRY_AFTER,
  ATTR_LLM_RETRY_DELAY_MS,
  EVENT_LLM_RETRY,
  LLM_ERROR_TYPE_VALUE_ABORTED,
  LLM_ERROR_TYPE_VALUE_TIMEOUT,
} from '@llm-otel/semantic-conventions';
import type { Attributes, Span } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from '@opentelemetry/semantic-conventions';
import { classifyError } from '../errors/classify-error.js';
import type { LlmRetryInfo } from '../llm-call-recorder.js';
import { asNumber } from '../unknown-values.js';

/** Adds the event of attempt number `attempt` after the first: why the previous one failed, and how long the client waited. */
export function recordRetryEvent(span: Span, attempt: number, retry: LlmRetryInfo): void {
  const attributes: Attributes = { [ATTR_HTTP_REQUEST_RESEND_COUNT]: attempt };
  const status = asNumber(retry.status);
  const delayMillis = asNumber(retry.delayMillis);
  if (status !== undefined) attributes[ATTR_HTTP_RESPONSE_STATUS_CODE] = status;
  if (delayMillis !== undefined) attributes[ATTR_LLM_RETRY_DELAY_MS] = Math.round(delayMillis * 1000) / 1000;
  if (status !== undefined || retry.error !== undefined) {
    const { type, retryAfterSeconds } = classifyError(retry.error ?? { status });
    // An abort by the application is never followed by another attempt: so this one timed out.
    attributes[ATTR_ERROR_TYPE] = type === LLM_ERROR_TYPE_VALUE_ABORTED ? LLM_ERROR_TYPE_VALUE_TIMEOUT : type;
    if (retryAfterSeconds !== undefined) attributes[ATTR_LLM_ERROR_RETRY_AFTER] = retryAfterSeconds;
  }
  span.addEvent(EVENT_LLM_RETRY, attributes);
}
