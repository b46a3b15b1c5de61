import type {
  ContentBlock,
  ContentBlockDelta,
  ConverseResponse,
  ConverseStreamOutput,
  StopReason,
  TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { eventStreamMessage } from './event-stream.js';
import type { ApiCall, FakeApi, StreamEvent } from './fake-api.js';
import { type FakeError, halves, type ResolvedReply, words } from './fake-reply.js';

/** The exception for an HTTP status; the client recognises it by the body's `__type`. */
const exceptions: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
};

/** Amazon Bedrock's `POST /model/…/converse` and `/converse-stream`. */
export const bedrockConverse: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: ({ reply }) => ({
    output: { message: { role: 'assistant', content: content(reply) } },
    ...end(reply),
  }),
  errorBody: (error) => ({ __type: exception(error), message: message(error) }),
  streaming: {
    contentType: 'application/vnd.amazon.eventstream',
    frame: ({ event = '', data }) =>
      eventStreamMessage(event.endsWith('Exception') ? 'exception' : 'event', event, Object(data)),
    events,
    error: (error) => [{ event: uncapitalized(exception(error)), data: { message: message(error) } }],
  },
  model: (path) => decodeURIComponent(/\/model\/([^/]+)\//.exec(path)?.[1] ?? ''),
  streams: (path) => path.endsWith('/converse-stream'),
};

function exception({ status, type }: FakeError): string {
  return type ?? exceptions[status] ?? 'InternalServerException';
}

function message(error: FakeError): string {
  return error.message ?? 'The call failed.';
}

/** In streams, exceptions are named like members of a structure. */
function uncapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function* events({ reply }: ApiCall): Iterable<StreamEvent> {
  yield event({ messageStart: { role: 'assistant' } });
  for (const [contentBlockIndex, block] of content(reply).entries()) {
    if (block.toolUse !== undefined) {
      const { toolUseId, name } = block.toolUse;
      yield event({ contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId, name } } } });
    }
    for (const delta of deltas(block, reply))
      yield event({ contentBlockDelta: { contentBlockIndex, delta } }, true);
    yield event({ contentBlockStop: { contentBlockIndex } });
  }
  const { stopReason, ...metadata } = end(reply);
  yield event({ messageStop: { stopReason } });
  yield event({ metadata });
}

function event(output: ConverseStreamOutput, isContent = false): StreamEvent {
  const [[type, data] = ['', {}]] = Object.entries(output);
  return { event: type, data, isContent };
}

function content({ reasoning, text, toolCalls }: ResolvedReply): ContentBlock[] {
  return [
    ...(reasoning === undefined ? [] : [{ reasoningContent: { reasoningText: { text: reasoning } } }]),
    ...(text === '' ? [] : [{ text }]),
    ...toolCalls.map((call, index) => ({
      toolUse: { toolUseId: `tooluse_${index}`, name: call.name, input: JSON.parse(call.arguments) },
    })),
  ] as ContentBlock[];
}

function deltas(block: ContentBlock, { chunks }: ResolvedReply): ContentBlockDelta[] {
  if (block.reasoningContent !== undefined)
    return words(block.reasoningContent.reasoningText?.text ?? '').map((text) => ({
      reasoningContent: { text },
    }));
  if (block.toolUse !== undefined)
    return halves(JSON.stringify(block.toolUse.input)).map((input) => ({ toolUse: { input } }));
  return chunks.map((text) => ({ text }));
}

function end(reply: ResolvedReply): Omit<ConverseResponse, 'output' | '$metadata'> {
  return {
    stopReason: (reply.stopReason ?? (reply.toolCalls.length > 0 ? 'tool_use' : 'end_turn')) as StopReason,
    usage: usage(reply),
    metrics: { latencyMs: 10 },
    ...(reply.serviceTier !== undefined && { serviceTier: { type: reply.serviceTier as 'flex' } }),
  };
}

/** `inputTokens` leaves out what was read from the cache or written to it. */
function usage({ usage: counts }: ResolvedReply): TokenUsage {
  const { cacheRead, cacheWrite, cacheWrite1h } = counts;
  return {
    inputTokens: counts.input - cacheRead - cacheWrite,
    outputTokens: counts.output,
    totalTokens: counts.input + counts.output,
    cacheReadInputTokens: cacheRead,
    cacheWriteInputTokens: cacheWrite,
    cacheDetails: [
      ...(cacheWrite1h > 0 ? [{ ttl: '1h' as const, inputTokens: cacheWrite1h }] : []),
      ...(cacheWrite > cacheWrite1h ? [{ ttl: '5m' as const, inputTokens: cacheWrite - cacheWrite1h }] : []),
    ],
  };
}
