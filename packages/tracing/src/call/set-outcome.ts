import {
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_LLM_CHUNKS,
  ATTR_LLM_ERROR_MESSAGE,
  ATTR_LLM_ERROR_RETRY_AFTER,
  ATTR_LLM_ERROR_STATUS,
  ATTR_LLM_ERROR_TYPE,
  ATTR_LLM_LATENCY_MS,
  ATTR_LLM_RETRY_COUNT,
  ATTR_LLM_SUCCESS,
  ATTR_LLM_TTFT_MS,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import type { Conventions } from '../conventions.js';
import type { LlmError } from '../errors/classify-error.js';
import type { CallTiming } from './call-timing.js';

/** How long the call took, in how many attempts and chunks. */
export function setTiming(
  attributes: Attributes,
  timing: CallTiming,
  durationMillis: number,
  retries: number | undefined,
  { llm, genAi }: Conventions,
): void {
  const { chunks, firstChunkAt, firstContentAt } = timing;
  if (llm) {
    attributes[ATTR_LLM_LATENCY_MS] = durationMillis;
    if (retries !== undefined) attributes[ATTR_LLM_RETRY_COUNT] = retries;
    if (chunks > 0) attributes[ATTR_LLM_CHUNKS] = chunks;
    if (firstContentAt !== undefined) attributes[ATTR_LLM_TTFT_MS] = timing.millisUntil(firstContentAt);
  }
  if (genAi && firstChunkAt !== undefined)
    attributes[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = timing.millisUntil(firstChunkAt) / 1000;
}

/** Whether the call succeeded, and if not, why. */
export function setSuccess(attributes: Attributes, error: LlmError | undefined, { llm }: Conventions): void {
  if (llm) attributes[ATTR_LLM_SUCCESS] = error === undefined;
  if (error === undefined) return;
  const { type, status, retryAfterSeconds, message } = error;
  attributes[ATTR_ERROR_TYPE] = type;
  if (!llm) return;
  attributes[ATTR_LLM_ERROR_TYPE] = type;
  if (status !== undefined) attributes[ATTR_LLM_ERROR_STATUS] = status;
  if (retryAfterSeconds !== undefined) attributes[ATTR_LLM_ERROR_RETRY_AFTER] = retryAfterSeconds;
  if (message !== undefined) attributes[ATTR_LLM_ERROR_MESSAGE] = message;
}
