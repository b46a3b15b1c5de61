import { openAiResponsesContent } from '../content/openai-responses-content.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../streams/stream-recording.js';
import { asArray, asNumber, asString, type Loose, textLength } from '../unknown-values.js';
import { countOnce } from './counted-calls.js';
import type { LlmApi } from './llm-api.js';
import { recordOpenAiUsage } from './openai-usage.js';
import { systemLength } from './system-length.js';

type Request = Loose<
  'model' | 'input' | 'temperature' | 'max_output_tokens' | 'instructions' | 'stream' | 'service_tier'
>;
type Response = Loose<
  | 'id'
  | 'model'
  | 'output'
  | 'status'
  | 'incomplete_details'
  | 'usage'
  | 'error'
  | 'service_tier'
  | 'background'
>;
type OutputItem = Loose<'type' | 'content'>;
type StreamEvent = Loose<'type' | 'delta' | 'response'>;

/** `responses.create` */
export const openAiResponses: LlmApi = {
  operation: 'chat',
  readRequest,
  readResponse,
  chunkReader,
  content: openAiResponsesContent,
};

function readRequest(body: unknown): LlmRequestInfo {
  const request = body as Request;
  const input = request?.input;
  return {
    model: asString(request?.model),
    temperature: asNumber(request?.temperature),
    maxTokens: asNumber(request?.max_output_tokens),
    messageCount: typeof input === 'string' ? 1 : asArray(input).length,
    systemLength: textLength(request?.instructions) + systemLength(input),
    streaming: request?.stream === true,
    serviceTier: asString(request?.service_tier),
  };
}

const over: readonly unknown[] = ['completed', 'incomplete', 'failed', 'cancelled'];

/** Whether a response is the outcome of work in the background, which can be retrieved any number of times. */
export function isBackgroundOutcome(response: unknown): boolean {
  const { background, status } = (response ?? {}) as NonNullable<Response>;
  return background === true && over.includes(status);
}

function readResponse(given: unknown, call: LlmCallRecorder): void {
  const response = given as Response;
  let responseLength = 0;
  for (const each of asArray(response?.output)) {
    const item = each as OutputItem;
    if (item?.type === 'message') responseLength += textLength(item.content);
  }
  const incomplete = response?.incomplete_details as Loose<'reason'>;
  const id = asString(response?.id);
  call.recordResponse({
    id,
    model: asString(response?.model),
    stopReason: asString(incomplete?.reason ?? response?.status),
    responseLength,
    serviceTier: asString(response?.service_tier),
  });
  recordOpenAiUsage(response?.usage, call);
  // The application may retrieve it once more.
  if (id !== undefined && isBackgroundOutcome(response)) countOnce(id);
  // The failure of a model comes in a response whose HTTP status is 200.
  if (response?.status === 'failed') call.recordError(response.error);
}

function chunkReader(call: LlmCallRecorder): ChunkReader<unknown> {
  let id: string | undefined;
  let model: string | undefined;
  let responseLength = 0;
  let finished = false;
  return {
    read(given) {
      const event = given as StreamEvent;
      const type = event?.type;
      switch (type) {
        case 'response.output_text.delta':
          responseLength += textLength(event?.delta);
          return true;
        case 'response.created':
          id = asString((event?.response as Response)?.id);
          model = asString((event?.response as Response)?.model);
          return false;
        case 'response.completed':
        case 'response.incomplete':
        case 'response.failed':
          finished = true;
          readResponse(event?.response, call);
          return false;
        case 'error':
          // The client passes this event on rather than throwing.
          call.recordError(event);
          return false;
        default:
          return typeof type === 'string' && type.endsWith('.delta');
      }
    },
    finish() {
      if (!finished) call.recordResponse({ id, model, responseLength });
    },
  };
}
