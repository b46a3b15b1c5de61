import type { FinishReason, GenerateContentResponseUsageMetadata, Part } from '@google/genai';
import type { ApiCall, FakeApi, StreamEvent } from './fake-api.js';
import { type FakeError, type ResolvedReply, words } from './fake-reply.js';

/** Google's status for an HTTP status. */
const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** Google's `POST …/models/…:generateContent` and `:streamGenerateContent`, of the Gemini API and of Vertex AI. */
export const geminiContent: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: (call) => response(call, parts(call.reply), true),
  errorBody: googleError,
  streaming: { events, error: (error) => [{ data: googleError(error) }] },
  model: (path) => decodeURIComponent(/\/models\/([^/:]+):/.exec(path)?.[1] ?? ''),
  streams: (path) => path.endsWith(':streamGenerateContent'),
};

function googleError({ status, type, message }: FakeError): object {
  return {
    error: {
      code: status,
      message: message ?? 'The call failed.',
      status: type ?? statuses[status] ?? 'INTERNAL',
    },
  };
}

/** Until the last chunk, only the prompt and the thoughts are counted. */
function* events(call: ApiCall): Iterable<StreamEvent> {
  const pieces = parts(call.reply).flatMap((part) => split(part, call.reply));
  for (const [index, part] of pieces.entries())
    yield { data: response(call, [part], index === pieces.length - 1), isContent: true };
}

function response({ reply, id }: ApiCall, content: Part[], isLast: boolean): object {
  const { candidatesTokenCount, ...before } = usage(reply);
  return {
    candidates: [
      {
        content: { role: 'model', parts: content },
        ...(isLast && { finishReason: finishReason(reply) }),
        index: 0,
      },
    ],
    usageMetadata: isLast ? { ...before, candidatesTokenCount } : before,
    modelVersion: reply.model,
    responseId: `gemini_${id}`,
  };
}

function parts({ reasoning, text, toolCalls }: ResolvedReply): Part[] {
  return [
    ...(reasoning === undefined ? [] : [{ text: reasoning, thought: true }]),
    ...(text === '' ? [] : [{ text }]),
    ...toolCalls.map((call) => ({ functionCall: { name: call.name, args: JSON.parse(call.arguments) } })),
  ];
}

function split(part: Part, { chunks }: ResolvedReply): Part[] {
  if (part.text === undefined) return [part];
  return (part.thought ? words(part.text) : chunks).map((text) => ({ ...part, text }));
}

function finishReason({ stopReason }: ResolvedReply): FinishReason {
  return (stopReason ?? 'STOP') as FinishReason;
}

/** The prompt's count includes cached tokens, the candidates' count leaves the thoughts out. */
function usage({ usage: counts }: ResolvedReply): GenerateContentResponseUsageMetadata {
  return {
    promptTokenCount: counts.input,
    candidatesTokenCount: counts.output - counts.reasoning,
    totalTokenCount: counts.input + counts.output,
    ...(counts.cacheRead > 0 && { cachedContentTokenCount: counts.cacheRead }),
    ...(counts.reasoning > 0 && { thoughtsTokenCount: counts.reasoning }),
  };
}
