import type {
  Response,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseOutputText,
  ResponseStreamEvent,
  ResponseUsage,
} from 'openai/resources/responses/responses';
import { type ApiCall, CREATED, type FakeApi, type StreamEvent } from './fake-api.js';
import { halves, type ResolvedReply, words } from './fake-reply.js';
import { openAiError } from './openai-error.js';

// `output_text` is the client's own addition: it is not on the wire.
type WireResponse = Omit<Response, 'output_text'>;
type Unnumbered<Event> = Event extends { response: Response }
  ? Omit<Event, 'sequence_number' | 'response'> & { response: WireResponse }
  : Omit<Event, 'sequence_number'>;
type WireEvent = Unnumbered<ResponseStreamEvent>;

/** OpenAI's `POST /v1/responses`. */
export const openAiResponses: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: response,
  errorBody: (error) => ({ error: openAiError(error) }),
  streaming: {
    events: numberedEvents,
    // Nested under `error`, not flat as OpenAI's reference has it (openai/openai-dotnet#881): the client throws on it.
    error: (error, sequenceNumber) => [
      { event: 'error', data: { type: 'error', sequence_number: sequenceNumber, error: openAiError(error) } },
    ],
  },
};

function* numberedEvents(call: ApiCall): Iterable<StreamEvent> {
  let sequenceNumber = 0;
  for (const event of events(call))
    yield {
      event: event.type,
      data: { ...event, sequence_number: sequenceNumber++ },
      isContent: event.type.endsWith('.delta'),
    };
}

function* events(call: ApiCall): Iterable<WireEvent> {
  const whole = response(call);
  const started: WireResponse = { ...whole, status: 'in_progress', output: [], incomplete_details: null };
  delete started.usage;
  delete started.completed_at;
  yield { type: 'response.created', response: started };
  yield { type: 'response.in_progress', response: started };
  for (const [output_index, item] of whole.output.entries()) {
    yield { type: 'response.output_item.added', output_index, item: emptied(item) };
    yield* itemEvents(item, output_index, call.reply);
    yield { type: 'response.output_item.done', output_index, item };
  }
  yield whole.status === 'incomplete'
    ? { type: 'response.incomplete', response: whole }
    : { type: 'response.completed', response: whole };
}

function* itemEvents(
  item: ResponseOutputItem,
  output_index: number,
  reply: ResolvedReply,
): Iterable<WireEvent> {
  if (item.type === 'reasoning') {
    const at = { item_id: item.id, output_index, summary_index: 0 };
    const text = reply.reasoning ?? '';
    yield { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } };
    for (const delta of words(text)) yield { type: 'response.reasoning_summary_text.delta', ...at, delta };
    yield { type: 'response.reasoning_summary_text.done', ...at, text };
    yield { type: 'response.reasoning_summary_part.done', ...at, part: { type: 'summary_text', text } };
  } else if (item.type === 'message') {
    const at = { item_id: item.id, output_index, content_index: 0 };
    yield { type: 'response.content_part.added', ...at, part: outputText('') };
    for (const delta of reply.chunks)
      yield { type: 'response.output_text.delta', ...at, delta, logprobs: [] };
    yield { type: 'response.output_text.done', ...at, text: reply.text, logprobs: [] };
    yield { type: 'response.content_part.done', ...at, part: outputText(reply.text) };
  } else if (item.type === 'function_call') {
    const at = { item_id: item.id ?? '', output_index };
    for (const delta of halves(item.arguments))
      yield { type: 'response.function_call_arguments.delta', ...at, delta };
    yield {
      type: 'response.function_call_arguments.done',
      ...at,
      name: item.name,
      arguments: item.arguments,
    };
  }
}

/** An item as `response.output_item.added` has it. */
function emptied(item: ResponseOutputItem): ResponseOutputItem {
  switch (item.type) {
    case 'reasoning':
      return { ...item, summary: [] };
    case 'message':
      return { ...item, status: 'in_progress', content: [] };
    case 'function_call':
      return { ...item, status: 'in_progress', arguments: '' };
    default:
      return item;
  }
}

function response({ body, reply, id }: ApiCall): WireResponse {
  const incomplete = reply.stopReason === 'max_output_tokens' || reply.stopReason === 'content_filter';
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: CREATED,
    completed_at: CREATED,
    status: incomplete ? 'incomplete' : 'completed',
    error: null,
    ...(body.background === true && { background: true }),
    incomplete_details: incomplete
      ? { reason: reply.stopReason as 'max_output_tokens' | 'content_filter' }
      : null,
    instructions: (body.instructions as string | undefined) ?? null,
    max_output_tokens: (body.max_output_tokens as number | undefined) ?? null,
    model: reply.model,
    output: output(reply, id),
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: (reply.serviceTier ?? 'default') as NonNullable<Response['service_tier']>,
    temperature: (body.temperature as number | undefined) ?? 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: (body.tools as Response['tools'] | undefined) ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage: usage(reply),
    metadata: {},
  };
}

function output(reply: ResolvedReply, id: string): ResponseOutputItem[] {
  const items: ResponseOutputItem[] = [];
  if (reply.reasoning !== undefined)
    items.push({
      type: 'reasoning',
      id: `rs_${id}`,
      summary: [{ type: 'summary_text', text: reply.reasoning }],
    });
  if (reply.text !== '') items.push(messageItem(reply.text, id));
  for (const [index, call] of reply.toolCalls.entries())
    items.push({
      type: 'function_call',
      id: `fc_${id}_${index}`,
      call_id: `call_${id}_${index}`,
      name: call.name,
      arguments: call.arguments,
      status: 'completed',
    });
  return items;
}

function messageItem(text: string, id: string): ResponseOutputMessage {
  return {
    type: 'message',
    id: `msg_${id}`,
    role: 'assistant',
    status: 'completed',
    content: [outputText(text)],
  };
}

function outputText(text: string): ResponseOutputText {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function usage({ usage: counts }: ResolvedReply): ResponseUsage {
  return {
    input_tokens: counts.input,
    input_tokens_details: { cached_tokens: counts.cacheRead, cache_write_tokens: counts.cacheWrite },
    output_tokens: counts.output,
    output_tokens_details: { reasoning_tokens: counts.reasoning },
    total_tokens: counts.input + counts.output,
  };
}
