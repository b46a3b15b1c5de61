import {
  ATTR_ANTHROPIC_USAGE_CACHE_WRITE_1H_INPUT_TOKENS,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_COST,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TOTAL_TOKENS,
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
  ATTR_LLM_TOKENS_INPUT_AUDIO,
  ATTR_LLM_TOKENS_OUTPUT,
  ATTR_LLM_TOKENS_OUTPUT_AUDIO,
  ATTR_LLM_TOKENS_REASONING,
  ATTR_LLM_TOKENS_TOTAL,
  toTokenCount,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT } from '@opentelemetry/semantic-conventions';
import type { Conventions } from '../conventions.js';
import type { LlmRequestInfo, LlmResponseInfo, LlmUsageInfo } from '../llm-call-recorder.js';
import { asArray, asNumber, asString } from '../unknown-values.js';
import { genAiProviderName } from './gen-ai-provider-name.js';
import type { LlmCallIdentity, ServerAddress } from './llm-call-identity.js';
import { setServiceTier } from './service-tier.js';

export function setIdentity(attributes: Attributes, identity: LlmCallIdentity): void {
  const { llm, genAi } = identity.telemetry.conventions;
  if (llm) attributes[ATTR_LLM_PROVIDER] = identity.provider;
  if (!genAi) return;
  attributes[ATTR_GEN_AI_OPERATION_NAME] = identity.operation;
  attributes[ATTR_GEN_AI_PROVIDER_NAME] = genAiProviderName(identity);
  setServer(attributes, identity.server);
}

export function setServer(attributes: Attributes, server: ServerAddress | undefined): void {
  if (server === undefined) return;
  attributes[ATTR_SERVER_ADDRESS] = server.address;
  attributes[ATTR_SERVER_PORT] = server.port;
}

export function setRequest(attributes: Attributes, request: LlmRequestInfo, identity: LlmCallIdentity): void {
  const { conventions } = identity.telemetry;
  const model = asString(request.model);
  const temperature = asNumber(request.temperature);
  const maxTokens = toTokenCount(request.maxTokens);
  if (conventions.llm) {
    const messageCount = toTokenCount(request.messageCount);
    const systemLength = toTokenCount(request.systemLength);
    if (model !== undefined) attributes[ATTR_LLM_MODEL] = model;
    if (temperature !== undefined) attributes[ATTR_LLM_TEMPERATURE] = temperature;
    if (maxTokens !== undefined) attributes[ATTR_LLM_MAX_TOKENS] = maxTokens;
    if (messageCount !== undefined) attributes[ATTR_LLM_PROMPT_MESSAGE_COUNT] = messageCount;
    if (systemLength !== undefined) attributes[ATTR_LLM_PROMPT_SYSTEM_LENGTH] = systemLength;
    if (typeof request.streaming === 'boolean') attributes[ATTR_LLM_STREAMING] = request.streaming;
  }
  if (conventions.genAi) {
    if (model !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = model;
    if (temperature !== undefined) attributes[ATTR_GEN_AI_REQUEST_TEMPERATURE] = temperature;
    if (maxTokens !== undefined) attributes[ATTR_GEN_AI_REQUEST_MAX_TOKENS] = maxTokens;
    if (request.streaming === true) attributes[ATTR_GEN_AI_REQUEST_STREAM] = true;
  }
  setServiceTier(attributes, 'request', request.serviceTier, identity);
}

export function setUsage(attributes: Attributes, usage: LlmUsageInfo, conventions: Conventions): void {
  const input = toTokenCount(usage.inputTokens);
  const output = toTokenCount(usage.outputTokens);
  const cacheRead = toTokenCount(usage.cacheReadTokens);
  const cacheWrite = toTokenCount(usage.cacheWriteTokens);
  const cacheWrite1h = toTokenCount(usage.cacheWrite1hTokens);
  const reasoning = toTokenCount(usage.reasoningTokens);
  // OpenAI reports 0 for every call.
  const inputAudio = toTokenCount(usage.inputAudioTokens);
  const outputAudio = toTokenCount(usage.outputAudioTokens);
  if (conventions.llm) {
    if (input !== undefined) attributes[ATTR_LLM_TOKENS_INPUT] = input;
    if (output !== undefined) attributes[ATTR_LLM_TOKENS_OUTPUT] = output;
    setTotal(attributes, ATTR_LLM_TOKENS_TOTAL, ATTR_LLM_TOKENS_INPUT, ATTR_LLM_TOKENS_OUTPUT);
    if (cacheRead !== undefined) attributes[ATTR_LLM_TOKENS_CACHE_READ] = cacheRead;
    if (cacheWrite !== undefined) attributes[ATTR_LLM_TOKENS_CACHE_WRITE] = cacheWrite;
    if (cacheWrite1h !== undefined) attributes[ATTR_LLM_TOKENS_CACHE_WRITE_1H] = cacheWrite1h;
    if (reasoning !== undefined) attributes[ATTR_LLM_TOKENS_REASONING] = reasoning;
    if (inputAudio) attributes[ATTR_LLM_TOKENS_INPUT_AUDIO] = inputAudio;
    if (outputAudio) attributes[ATTR_LLM_TOKENS_OUTPUT_AUDIO] = outputAudio;
  }
  if (conventions.genAi) {
    if (input !== undefined) attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS] = input;
    if (output !== undefined) attributes[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS] = output;
    // Without it, Langfuse adds up all counts, of which some are parts of others, and openlit shows none.
    setTotal(
      attributes,
      ATTR_GEN_AI_USAGE_TOTAL_TOKENS,
      ATTR_GEN_AI_USAGE_INPUT_TOKENS,
      ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
    );
    if (cacheRead !== undefined) attributes[ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS] = cacheRead;
    if (cacheWrite !== undefined) {
      attributes[ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS] = cacheWrite;
      // The former name: Phoenix, Langfuse, Sentry and others know no other, and price these tokens as plain input.
      attributes[ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS] = cacheWrite;
    }
    if (cacheWrite1h !== undefined)
      attributes[ATTR_ANTHROPIC_USAGE_CACHE_WRITE_1H_INPUT_TOKENS] = cacheWrite1h;
    if (reasoning !== undefined) attributes[ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS] = reasoning;
    if (inputAudio) attributes[ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS] = inputAudio;
    if (outputAudio) attributes[ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS] = outputAudio;
  }
}

/** The two counts may be recorded one after the other. A total of only one of them would be misleading. */
function setTotal(attributes: Attributes, total: string, input: string, output: string): void {
  const inputTokens = attributes[input];
  const outputTokens = attributes[output];
  if (typeof inputTokens === 'number' && typeof outputTokens === 'number')
    attributes[total] = inputTokens + outputTokens;
}

export function setResponse(
  attributes: Attributes,
  response: LlmResponseInfo,
  identity: LlmCallIdentity,
): void {
  const { conventions } = identity.telemetry;
  const model = asString(response.model);
  const { stopReasons } = response;
  const stopReason = asString(response.stopReason ?? stopReasons?.[0]);
  if (conventions.llm) {
    if (model !== undefined) attributes[ATTR_LLM_MODEL] = model;
    if (stopReason !== undefined) attributes[ATTR_LLM_STOP_REASON] = stopReason;
    const length = toTokenCount(response.responseLength);
    if (length !== undefined) attributes[ATTR_LLM_RESPONSE_LENGTH] = length;
  }
  const costUsd = asNumber(response.costUsd);
  // Gateways report 0 for models without a known price.
  if (costUsd !== undefined && costUsd > 0) attributes[ATTR_GEN_AI_USAGE_COST] = costUsd;
  if (conventions.genAi) {
    const id = asString(response.id);
    if (id !== undefined) attributes[ATTR_GEN_AI_RESPONSE_ID] = id;
    if (model !== undefined) attributes[ATTR_GEN_AI_RESPONSE_MODEL] = model;
    if (stopReasons !== undefined) setFinishReasons(attributes, stopReasons);
    else if (stopReason !== undefined) attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [stopReason];
  }
  setServiceTier(attributes, 'response', response.serviceTier, identity);
}

function setFinishReasons(attributes: Attributes, stopReasons: readonly unknown[]): void {
  const known = asArray(stopReasons)
    .map(asString)
    .filter((reason) => reason !== undefined);
  if (known.length > 0) attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = known;
}
