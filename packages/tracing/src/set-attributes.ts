import {
  ATTR_LLM_MAX_TOKENS,
  ATTR_LLM_MODEL,
  ATTR_LLM_PROMPT_MESSAGE_COUNT,
  ATTR_LLM_PROMPT_SYSTEM_LENGTH,
  ATTR_LLM_RESPONSE_LENGTH,
  ATTR_LLM_STOP_REASON,
  ATTR_LLM_STREAMING,
  ATTR_LLM_TEMPERATURE,
  ATTR_LLM_TOKENS_CACHE_READ,
  ATTR_LLM_TOKENS_CACHE_WRITE,
  ATTR_LLM_TOKENS_CACHE_WRITE_1H,
  ATTR_LLM_TOKENS_INPUT,
  ATTR_LLM_TOKENS_OUTPUT,
  ATTR_LLM_TOKENS_REASONING,
  ATTR_LLM_TOKENS_TOTAL,
  toTokenCount,
} from '@llm-otel/semantic-conventions';
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { asNumber, asString } from './json.js';
import type { LlmRequestInfo, LlmResponseInfo, LlmUsageInfo } from './llm-call-recorder.js';

export function setRequest(attributes: Attributes, request: LlmRequestInfo): void {
  set(attributes, ATTR_LLM_MODEL, asString(request.model));
  set(attributes, ATTR_LLM_TEMPERATURE, asNumber(request.temperature));
  set(attributes, ATTR_LLM_MAX_TOKENS, toTokenCount(request.maxTokens));
  set(attributes, ATTR_LLM_PROMPT_MESSAGE_COUNT, toTokenCount(request.messageCount));
  set(attributes, ATTR_LLM_PROMPT_SYSTEM_LENGTH, toTokenCount(request.systemLength));
  if (typeof request.streaming === 'boolean') attributes[ATTR_LLM_STREAMING] = request.streaming;
}

export function setUsage(attributes: Attributes, usage: LlmUsageInfo): void {
  const input = toTokenCount(usage.inputTokens);
  const output = toTokenCount(usage.outputTokens);
  set(attributes, ATTR_LLM_TOKENS_INPUT, input);
  set(attributes, ATTR_LLM_TOKENS_OUTPUT, output);
  // A total of half the counts would be taken for the whole.
  if (input !== undefined && output !== undefined) attributes[ATTR_LLM_TOKENS_TOTAL] = input + output;
  set(attributes, ATTR_LLM_TOKENS_CACHE_READ, toTokenCount(usage.cacheReadTokens));
  set(attributes, ATTR_LLM_TOKENS_CACHE_WRITE, toTokenCount(usage.cacheWriteTokens));
  set(attributes, ATTR_LLM_TOKENS_CACHE_WRITE_1H, toTokenCount(usage.cacheWrite1hTokens));
  set(attributes, ATTR_LLM_TOKENS_REASONING, toTokenCount(usage.reasoningTokens));
}

export function setResponse(attributes: Attributes, response: LlmResponseInfo): void {
  set(attributes, ATTR_LLM_MODEL, asString(response.model));
  set(attributes, ATTR_LLM_STOP_REASON, asString(response.stopReason));
  set(attributes, ATTR_LLM_RESPONSE_LENGTH, toTokenCount(response.responseLength));
}

function set(attributes: Attributes, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined) attributes[key] = value;
}
