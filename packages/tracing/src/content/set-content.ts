import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_LLM_PROMPT,
  ATTR_LLM_RESPONSE,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import type { LlmRequestInfo, LlmResponseInfo } from '../llm-call-recorder.js';
import type { LlmOutputMessage } from '../llm-message.js';

/** Attributes can't be nested: messages are JSON, as the conventions allow. */
export function setRequestContent(attributes: Attributes, request: LlmRequestInfo, genAi: boolean): void {
  const { inputMessages, systemInstructions } = request;
  if (genAi) {
    if (inputMessages !== undefined) attributes[ATTR_GEN_AI_INPUT_MESSAGES] = JSON.stringify(inputMessages);
    if (systemInstructions !== undefined && systemInstructions.length > 0)
      attributes[ATTR_GEN_AI_SYSTEM_INSTRUCTIONS] = JSON.stringify(systemInstructions);
  } else if (inputMessages !== undefined) {
    const system = systemInstructions?.length ? [{ role: 'system', parts: systemInstructions }] : [];
    attributes[ATTR_LLM_PROMPT] = JSON.stringify([...system, ...inputMessages]);
  }
}

export function setResponseContent(attributes: Attributes, response: LlmResponseInfo, genAi: boolean): void {
  const { outputMessages } = response;
  if (outputMessages === undefined) return;
  if (genAi) attributes[ATTR_GEN_AI_OUTPUT_MESSAGES] = JSON.stringify(outputMessages.map(withFinishReason));
  else attributes[ATTR_LLM_RESPONSE] = JSON.stringify(outputMessages);
}

/** The conventions' schema requires it: Phoenix drops all messages if it is absent, as in a stream that was left early. */
function withFinishReason(message: LlmOutputMessage): LlmOutputMessage {
  return { ...message, finish_reason: message.finish_reason ?? '' };
}
