import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_ENCODING_FORMATS,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_REQUEST_TOP_K,
  ATTR_GEN_AI_REQUEST_TOP_P,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { asNumber, asString, field, type Loose } from '../unknown-values.js';

type Request = Loose<
  | 'top_p'
  | 'top_k'
  | 'frequency_penalty'
  | 'presence_penalty'
  | 'seed'
  | 'n'
  | 'dimensions'
  | 'encoding_format'
  | 'response_format'
  | 'text'
  | 'output_config'
  | 'reasoning_effort'
  | 'reasoning'
  | 'previous_response_id'
  | 'conversation'
>;

/**
 * Attributes of a request that only the GenAI conventions have names for. All APIs are read alike, because their
 * parameters don't contradict each other. Stop sequences are left out, because they are content.
 *
 * @param outputType - for an API with a single type of output
 */
export function readRequestDetails(body: unknown, outputType?: string): Attributes {
  const request = body as Request;
  const attributes: Attributes = {};
  const choices = request?.n === 1 ? undefined : request?.n;
  setNumber(attributes, ATTR_GEN_AI_REQUEST_TOP_P, request?.top_p);
  setNumber(attributes, ATTR_GEN_AI_REQUEST_TOP_K, request?.top_k);
  setNumber(attributes, ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, request?.frequency_penalty);
  setNumber(attributes, ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, request?.presence_penalty);
  setNumber(attributes, ATTR_GEN_AI_REQUEST_SEED, request?.seed);
  setNumber(attributes, ATTR_GEN_AI_REQUEST_CHOICE_COUNT, choices);
  setNumber(attributes, ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, request?.dimensions);
  const encoding = asString(request?.encoding_format);
  if (encoding !== undefined) attributes[ATTR_GEN_AI_REQUEST_ENCODING_FORMATS] = [encoding];
  setString(attributes, ATTR_GEN_AI_OUTPUT_TYPE, outputType ?? outputTypeOf(request));
  setString(
    attributes,
    ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
    request?.reasoning_effort ??
      field(request?.reasoning, 'effort') ??
      field(request?.output_config, 'effort'),
  );
  setString(attributes, ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID, request?.previous_response_id);
  const conversation = request?.conversation;
  setString(attributes, ATTR_GEN_AI_CONVERSATION_ID, field(conversation, 'id') ?? conversation);
  return attributes;
}

function setNumber(attributes: Attributes, name: string, value: unknown): void {
  const number = asNumber(value);
  if (number !== undefined) attributes[name] = number;
}

function setString(attributes: Attributes, name: string, value: unknown): void {
  const text = asString(value);
  if (text !== undefined) attributes[name] = text;
}

/** From the format requested by chats, responses and messages. */
function outputTypeOf(request: Request): string | undefined {
  const format =
    request?.response_format ?? field(request?.text, 'format') ?? field(request?.output_config, 'format');
  switch (field(format, 'type')) {
    case 'text':
      return 'text';
    case 'json_object':
    case 'json_schema':
      return 'json';
    default:
      return undefined;
  }
}
