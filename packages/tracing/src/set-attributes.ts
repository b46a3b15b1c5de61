import {
  ATTR_ANTHROPIC_USAGE_CACHE_WRITE_1H_INPUT_TOKENS,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_COST,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_LLM_MAX_TOKENS,
  ATTR_LLM_MODEL,
  ATTR_LLM_PROMPT_MESSAGE_COUNT,
  ATTR_LLM_PROMPT_SYSTEM_LENGTH,
  ATTR_LLM_PROVIDER,
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
import type { Conventions } from './conventions.js';
import { genAiProviderName } from './gen-ai-provider-name.js';
import { asNumber, asString } from './json.js';
import type { LlmRequestInfo, LlmResponseInfo, LlmUsageInfo } from './llm-call-recorder.js';

export function setIdentity(
  attributes: Attributes,
  provider: string,
  operation: string,
  { llm, genAi }: Conventions,
): void {
  if (llm) attributes[ATTR_LLM_PROVIDER] = provider;
  if (!genAi) return;
  attributes[ATTR_GEN_AI_OPERATION_NAME] = operation;
  attributes[ATTR_GEN_AI_PROVIDER_NAME] = genAiProviderName(provider);
}

export function setRequest(attributes: Attributes, request: LlmRequestInfo, conventions: Conventions): void {
  const model = asString(request.model);
  const temperature = asNumber(request.temperature);
  const maxTokens = toTokenCount(request.maxTokens);
  if (conventions.llm) {
    set(attributes, ATTR_LLM_MODEL, model);
    set(attributes, ATTR_LLM_TEMPERATURE, temperature);
    set(attributes, ATTR_LLM_MAX_TOKENS, maxTokens);
    set(attributes, ATTR_LLM_PROMPT_MESSAGE_COUNT, toTokenCount(request.messageCount));
    set(attributes, ATTR_LLM_PROMPT_SYSTEM_LENGTH, toTokenCount(request.systemLength));
    if (typeof request.streaming === 'boolean') attributes[ATTR_LLM_STREAMING] = request.streaming;
  }
  if (conventions.genAi) {
    set(attributes, ATTR_GEN_AI_REQUEST_MODEL, model);
    set(attributes, ATTR_GEN_AI_REQUEST_TEMPERATURE, temperature);
    set(attributes, ATTR_GEN_AI_REQUEST_MAX_TOKENS, maxTokens);
    if (request.streaming === true) attributes[ATTR_GEN_AI_REQUEST_STREAM] = true;
  }
}

export function setUsage(attributes: Attributes, usage: LlmUsageInfo, conventions: Conventions): void {
  const input = toTokenCount(usage.inputTokens);
  const output = toTokenCount(usage.outputTokens);
  const cacheRead = toTokenCount(usage.cacheReadTokens);
  const cacheWrite = toTokenCount(usage.cacheWriteTokens);
  const cacheWrite1h = toTokenCount(usage.cacheWrite1hTokens);
  const reasoning = toTokenCount(usage.reasoningTokens);
  if (conventions.llm) {
    set(attributes, ATTR_LLM_TOKENS_INPUT, input);
    set(attributes, ATTR_LLM_TOKENS_OUTPUT, output);
    // A total of half the counts would be taken for the whole.
    if (input !== undefined && output !== undefined) attributes[ATTR_LLM_TOKENS_TOTAL] = input + output;
    set(attributes, ATTR_LLM_TOKENS_CACHE_READ, cacheRead);
    set(attributes, ATTR_LLM_TOKENS_CACHE_WRITE, cacheWrite);
    set(attributes, ATTR_LLM_TOKENS_CACHE_WRITE_1H, cacheWrite1h);
    set(attributes, ATTR_LLM_TOKENS_REASONING, reasoning);
  }
  if (conventions.genAi) {
    set(attributes, ATTR_GEN_AI_USAGE_INPUT_TOKENS, input);
    set(attributes, ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, output);
    set(attributes, ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, cacheRead);
    set(attributes, ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, cacheWrite);
    set(attributes, ATTR_ANTHROPIC_USAGE_CACHE_WRITE_1H_INPUT_TOKENS, cacheWrite1h);
    set(attributes, ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, reasoning);
  }
}

export function setResponse(
  attributes: Attributes,
  response: LlmResponseInfo,
  conventions: Conventions,
): void {
  const model = asString(response.model);
  const stopReason = asString(response.stopReason);
  if (conventions.llm) {
    set(attributes, ATTR_LLM_MODEL, model);
    set(attributes, ATTR_LLM_STOP_REASON, stopReason);
    set(attributes, ATTR_LLM_RESPONSE_LENGTH, toTokenCount(response.responseLength));
  }
  const costUsd = asNumber(response.costUsd);
  // 0 is what gateways say of models that they have no price for.
  if (costUsd !== undefined && costUsd > 0) attributes[ATTR_GEN_AI_USAGE_COST] = costUsd;
  if (conventions.genAi) {
    set(attributes, ATTR_GEN_AI_RESPONSE_MODEL, model);
    if (stopReason !== undefined) attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [stopReason];
  }
}

function set(attributes: Attributes, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined) attributes[key] = value;
}
