import type {
  ContentBlock,
  Message,
  MessageDeltaUsage,
  RawContentBlockDelta,
  RawContentBlockStartEvent,
  RawMessageStreamEvent,
  StopReason,
  TextBlock,
  Usage,
} from '@anthropic-ai/sdk/resources/messages';
import { anthropicError } from './anthropic-error.js';
import type { ApiCall, FakeApi, StreamEvent } from './fake-api.js';
import { halves, type ResolvedReply, words } from './fake-reply.js';

// On the wire, text that cites nothing has no `citations`: that it is null then is the client's own account.
type WireBlock = Exclude<ContentBlock, TextBlock> | Omit<TextBlock, 'citations'>;
type WireMessage = Omit<Message, 'content'> & { content: WireBlock[] };
type WireEvent =
  | RawMessageStreamEvent
  | (Omit<RawContentBlockStartEvent, 'content_block'> & { content_block: WireBlock });

/** Anthropic's `POST /v1/messages`. */
export const anthropicMessages: FakeApi = {
  requestIdHeader: 'request-id',
  json: message,
  errorBody: (error, requestId) => ({ ...anthropicError(error), request_id: requestId }),
  streaming: { events, error: (error) => [{ event: 'error', data: anthropicError(error) }] },
};

function message({ reply, id }: ApiCall): WireMessage {
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model: reply.model,
    content: content(reply, id),
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: stopReason(reply),
    stop_sequence: null,
    usage: usage(reply),
  };
}

function* events(call: ApiCall): Iterable<StreamEvent> {
  const { reply } = call;
  const event = (data: WireEvent, isContent = false): StreamEvent => ({
    event: data.type,
    data,
    isContent,
  });
  const whole = message(call);
  yield event({
    type: 'message_start',
    message: {
      ...whole,
      content: [],
      stop_reason: null,
      usage: { ...whole.usage, output_tokens: 1, output_tokens_details: null },
    },
  });
  for (const [index, block] of whole.content.entries()) {
    yield event({ type: 'content_block_start', index, content_block: emptied(block) });
    if (index === 0) yield { event: 'ping', data: { type: 'ping' } };
    for (const delta of deltas(block, reply))
      yield event({ type: 'content_block_delta', index, delta }, delta.type !== 'signature_delta');
    yield event({ type: 'content_block_stop', index });
  }
  yield event({
    type: 'message_delta',
    delta: {
      stop_reason: whole.stop_reason,
      stop_sequence: null,
      stop_details: null,
      container: null,
    },
    usage: deltaUsage(whole.usage),
  });
  yield event({ type: 'message_stop' });
}

function content(reply: ResolvedReply, id: string): WireBlock[] {
  const blocks: WireBlock[] = [];
  if (reply.reasoning !== undefined)
    blocks.push({ type: 'thinking', thinking: reply.reasoning, signature: 'fake-signature' });
  if (reply.text !== '') blocks.push({ type: 'text', text: reply.text });
  for (const [index, call] of reply.toolCalls.entries())
    blocks.push({
      type: 'tool_use',
      id: `toolu_${id}_${index}`,
      name: call.name,
      input: JSON.parse(call.arguments),
      caller: { type: 'direct' },
    });
  return blocks;
}

/** A block as `content_block_start` has it. */
function emptied(block: WireBlock): WireBlock {
  switch (block.type) {
    case 'thinking':
      return { ...block, thinking: '', signature: '' };
    case 'text':
      return { ...block, text: '' };
    case 'tool_use':
      return { ...block, input: {} };
    default:
      return block;
  }
}

function deltas(block: WireBlock, reply: ResolvedReply): RawContentBlockDelta[] {
  switch (block.type) {
    case 'thinking':
      return [
        ...words(block.thinking).map((thinking) => ({ type: 'thinking_delta' as const, thinking })),
        { type: 'signature_delta', signature: block.signature },
      ];
    case 'text':
      return reply.chunks.map((text) => ({ type: 'text_delta', text }));
    case 'tool_use':
      return halves(JSON.stringify(block.input)).map((json) => ({
        type: 'input_json_delta',
        partial_json: json,
      }));
    default:
      return [];
  }
}

function stopReason(reply: ResolvedReply): StopReason {
  return (reply.stopReason ?? (reply.toolCalls.length > 0 ? 'tool_use' : 'end_turn')) as StopReason;
}

/** `input_tokens` leaves out what was read from the cache or written to it. */
function usage({ usage: counts, serviceTier }: ResolvedReply): Usage {
  return {
    input_tokens: counts.input - counts.cacheRead - counts.cacheWrite,
    output_tokens: counts.output,
    cache_creation_input_tokens: counts.cacheWrite,
    cache_read_input_tokens: counts.cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: counts.cacheWrite - counts.cacheWrite1h,
      ephemeral_1h_input_tokens: counts.cacheWrite1h,
    },
    output_tokens_details: counts.reasoning > 0 ? { thinking_tokens: counts.reasoning } : null,
    server_tool_use: null,
    service_tier: (serviceTier ?? 'standard') as NonNullable<Usage['service_tier']>,
    inference_geo: null,
    speed: null,
  };
}

/** The counts as `message_delta` repeats them: cumulative, without the cache's breakdown. */
function deltaUsage(whole: Usage): MessageDeltaUsage {
  return {
    input_tokens: whole.input_tokens,
    output_tokens: whole.output_tokens,
    cache_creation_input_tokens: whole.cache_creation_input_tokens,
    cache_read_input_tokens: whole.cache_read_input_tokens,
    output_tokens_details: whole.output_tokens_details,
    server_tool_use: null,
  };
}
