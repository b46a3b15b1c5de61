import { ATTR_GEN_AI_CONVERSATION_ID } from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { reasoningBeside } from '../apis/reasoning-apart.js';
import { readRequestDetails } from '../apis/request-details.js';
import type { LlmRequestInfo, LlmResponseInfo, LlmUsageInfo } from '../llm-call-recorder.js';
import type { LlmMessage } from '../llm-message.js';
import { asArray, asNumber, asString, field, textLength } from '../unknown-values.js';
import { langChainMessage, messageType } from './langchain-message.js';

/** Providers that LangChain's `ls_provider` spells otherwise than price lists. */
const providers: Readonly<Record<string, string>> = {
  amazon_bedrock: 'aws',
  google_genai: 'google',
  google_vertexai: 'google',
  mistralai: 'mistral',
};

export function readProvider(model: unknown, metadata: unknown): string {
  // The serialized id is a path such as langchain/chat_models/openai/ChatOpenAI.
  const name =
    asString(field(metadata, 'ls_provider')) ?? asString(asArray(field(model, 'id')).at(-2)) ?? 'unknown';
  return (Object.hasOwn(providers, name) ? providers[name] : undefined) ?? name;
}

export function readRequest(extraParams: unknown, metadata: unknown): LlmRequestInfo {
  const params = field(extraParams, 'invocation_params');
  const param = (...names: string[]) => {
    for (const name of names) {
      const value = field(params, name);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  };
  return {
    model: asString(param('model', 'model_name', 'modelId')) ?? asString(field(metadata, 'ls_model_name')),
    temperature: asNumber(param('temperature') ?? field(metadata, 'ls_temperature')),
    maxTokens: asNumber(
      param('max_tokens', 'max_completion_tokens', 'max_output_tokens', 'maxTokens') ??
        field(metadata, 'ls_max_tokens'),
    ),
  };
}

/** Attributes of the request that only the GenAI conventions have names for. */
export function readDetails(extraParams: unknown, metadata: unknown): Attributes {
  const details = readRequestDetails(field(extraParams, 'invocation_params'));
  const conversation = readConversation(metadata);
  if (conversation !== undefined) details[ATTR_GEN_AI_CONVERSATION_ID] = conversation;
  return details;
}

/** The id of the thread, as LangGraph and LangSmith write it. */
export function readConversation(metadata: unknown): string | undefined {
  return asString(field(metadata, 'thread_id'));
}

/** @param messages - of one prompt */
export function readMessages(messages: readonly unknown[]): LlmRequestInfo {
  let systemLength = 0;
  for (const message of messages)
    if (messageType(message) === 'system') systemLength += textLength(field(message, 'content'));
  return { messageCount: messages.length, systemLength };
}

/** The generations of one prompt, more than one for `n` choices. */
function generationsOf(output: unknown): readonly unknown[] {
  return asArray(asArray(field(output, 'generations'))[0]);
}

export function readResponse(output: unknown): LlmResponseInfo {
  const generations = generationsOf(output);
  let responseLength = 0;
  let id: string | undefined;
  let model: string | undefined;
  for (const generation of generations) {
    const message = field(generation, 'message');
    responseLength += textLength(field(message, 'content') ?? field(generation, 'text'));
    const metadata = field(message, 'response_metadata');
    id ??= responseIdOf(message);
    model ??=
      asString(field(metadata, 'model_name')) ??
      asString(field(metadata, 'model')) ??
      // Where Anthropic's streams have it.
      asString(field(field(message, 'additional_kwargs'), 'model'));
  }
  const stopReasons = generations.map(stopReasonOf);
  return {
    id,
    model,
    stopReason: stopReasons[0],
    ...(stopReasons.length > 1 && { stopReasons }),
    responseLength,
  };
}

function stopReasonOf(generation: unknown): string | undefined {
  const message = field(generation, 'message');
  const metadata = field(message, 'response_metadata');
  return (
    asString(field(metadata, 'finish_reason')) ??
    asString(field(metadata, 'stop_reason')) ??
    // Google's.
    asString(field(metadata, 'finishReason')) ??
    // Bedrock's, of a response and of a stream.
    asString(field(metadata, 'stopReason')) ??
    asString(field(field(metadata, 'messageStop'), 'stopReason')) ??
    // Where Anthropic's streams have it.
    asString(field(field(message, 'additional_kwargs'), 'stop_reason')) ??
    asString(field(field(generation, 'generationInfo'), 'finish_reason')) ??
    asString(field(field(metadata, 'incomplete_details'), 'reason')) ??
    asString(field(metadata, 'status'))
  );
}

/** The provider's id. Until it is known, LangChain gives a message its own id, that of the run. */
function responseIdOf(message: unknown): string | undefined {
  const id = asString(field(field(message, 'response_metadata'), 'id')) ?? asString(field(message, 'id'));
  return id?.startsWith('run-') ? undefined : id;
}

export function readOutputMessages(output: unknown): LlmResponseInfo {
  const messageOf = (generation: unknown): LlmMessage => {
    const message = field(generation, 'message');
    return message === undefined
      ? { role: 'assistant', parts: [{ type: 'text', content: String(field(generation, 'text') ?? '') }] }
      : langChainMessage(message);
  };
  return {
    outputMessages: generationsOf(output).map((generation) => ({
      ...messageOf(generation),
      finish_reason: stopReasonOf(generation),
    })),
  };
}

/**
 * `usage_metadata` of the message, in which input includes cached tokens; older models have `llmOutput.tokenUsage`.
 * What it has no field for is in Anthropic's own usage beside it.
 */
export function readUsage(output: unknown, provider: string): LlmUsageInfo | undefined {
  for (const generation of generationsOf(output)) {
    const message = field(generation, 'message');
    const usage = field(message, 'usage_metadata');
    if (usage === undefined || usage === null) continue;
    const input = field(usage, 'input_token_details');
    const outputDetails = field(usage, 'output_token_details');
    const anthropic = field(field(message, 'response_metadata'), 'usage');
    const inputTokens = asNumber(field(usage, 'input_tokens'));
    const reasoningTokens =
      asNumber(field(outputDetails, 'reasoning')) ??
      asNumber(field(field(anthropic, 'output_tokens_details'), 'thinking_tokens'));
    const outputTokens = asNumber(field(usage, 'output_tokens'));
    const totalTokens = asNumber(field(usage, 'total_tokens'));
    // `@langchain/google-genai` includes thoughts only in the total.
    const isGemini = provider === 'google';
    const cached = asNumber(field(input, 'cache_read'));
    const beside = reasoningBeside(inputTokens, outputTokens, reasoningTokens, totalTokens, isGemini, cached);
    return {
      inputTokens,
      outputTokens: outputTokens === undefined ? undefined : outputTokens + beside,
      cacheReadTokens: cached,
      cacheWriteTokens: asNumber(field(input, 'cache_creation')),
      cacheWrite1hTokens: asNumber(field(field(anthropic, 'cache_creation'), 'ephemeral_1h_input_tokens')),
      reasoningTokens: reasoningTokens ?? (beside > 0 ? beside : undefined),
      inputAudioTokens: asNumber(field(input, 'audio')),
      outputAudioTokens: asNumber(field(outputDetails, 'audio')),
    };
  }
  const usage = field(field(output, 'llmOutput'), 'tokenUsage');
  const inputTokens = asNumber(field(usage, 'promptTokens'));
  const outputTokens = asNumber(field(usage, 'completionTokens'));
  return inputTokens === undefined && outputTokens === undefined ? undefined : { inputTokens, outputTokens };
}
