import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionMessage,
} from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import { type ApiCall, CREATED, type FakeApi, type StreamEvent } from './fake-api.js';
import { halves, type ResolvedReply, words } from './fake-reply.js';
import { openAiError } from './openai-error.js';

// Not OpenAI's: servers that speak its API, such as DeepSeek's and vLLM, stream their reasoning under this name.
interface WithReasoning {
  reasoning_content?: string;
}
type Delta = ChatCompletionChunk.Choice.Delta & WithReasoning;

/** OpenAI's `POST /v1/chat/completions`. */
export const openAiChat: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: completion,
  errorBody: (error) => ({ error: openAiError(error) }),
  streaming: {
    events: chunks,
    error: (error) => [{ data: { error: openAiError(error) } }, { data: '[DONE]' }],
  },
};

function completion({ body, reply, id }: ApiCall): ChatCompletion {
  const message: ChatCompletionMessage & WithReasoning = {
    role: 'assistant',
    content: reply.text === '' ? null : reply.text,
    refusal: null,
    annotations: [],
    ...(reply.reasoning !== undefined && { reasoning_content: reply.reasoning }),
    ...(reply.toolCalls.length > 0 && {
      tool_calls: reply.toolCalls.map((call, index) => ({
        id: `call_${id}_${index}`,
        type: 'function',
        function: { name: call.name, arguments: call.arguments },
      })),
    }),
  };
  return {
    ...envelope(reply, id),
    object: 'chat.completion',
    choices: finishReasons(reply).map((finish_reason, index) => ({
      index,
      message,
      logprobs: logprobs(body, reply.chunks),
      finish_reason,
    })),
    usage: usage(reply),
  };
}

function* chunks({ body, reply, id }: ApiCall): Iterable<StreamEvent> {
  const includeUsage =
    (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
  const chunk = (rest: Pick<ChatCompletionChunk, 'choices' | 'usage'>): ChatCompletionChunk => ({
    ...envelope(reply, id),
    object: 'chat.completion.chunk',
    // With include_usage, all chunks but the last have `usage: null`; without it, none has the field.
    ...(includeUsage && { usage: null }),
    ...rest,
  });
  const choice = (
    delta: Delta,
    finish: ChatCompletionChunk.Choice['finish_reason'] = null,
    index = 0,
  ): ChatCompletionChunk =>
    chunk({
      choices: [
        {
          index,
          delta,
          logprobs: logprobs(body, delta.content ? [delta.content] : []),
          finish_reason: finish,
        },
      ],
    });

  yield { data: choice({ role: 'assistant', content: reply.text === '' ? null : '', refusal: null }) };
  for (const piece of words(reply.reasoning ?? ''))
    yield { data: choice({ reasoning_content: piece }), isContent: true };
  for (const piece of reply.chunks) yield { data: choice({ content: piece }), isContent: true };
  for (const [index, call] of reply.toolCalls.entries()) {
    const opening = { index, id: `call_${id}_${index}`, type: 'function' as const };
    yield { data: choice({ tool_calls: [{ ...opening, function: { name: call.name, arguments: '' } }] }) };
    for (const piece of halves(call.arguments))
      yield { data: choice({ tool_calls: [{ index, function: { arguments: piece } }] }), isContent: true };
  }
  const [first, ...others] = finishReasons(reply);
  // Choices end in no particular order.
  for (const [at, reason] of [...others.entries()].reverse()) {
    yield { data: choice({ content: reply.text }, null, at + 1), isContent: true };
    yield { data: choice({}, reason, at + 1) };
  }
  yield { data: choice({}, first) };
  if (includeUsage) yield { data: chunk({ choices: [], usage: usage(reply) }) };
  yield { data: '[DONE]' };
}

function envelope(
  reply: ResolvedReply,
  id: string,
): Pick<ChatCompletion, 'id' | 'created' | 'model' | 'service_tier' | 'system_fingerprint'> {
  return {
    id: `chatcmpl-${id}`,
    created: CREATED,
    model: reply.model,
    service_tier: (reply.serviceTier ?? 'default') as NonNullable<ChatCompletion['service_tier']>,
    system_fingerprint: 'fp_fake',
  };
}

/** As asked for; a token is a piece of the text. */
function logprobs(
  { logprobs: wanted }: ApiCall['body'],
  tokens: readonly string[],
): ChatCompletion.Choice.Logprobs | null {
  if (wanted !== true || tokens.length === 0) return null;
  return {
    content: tokens.map((token) => ({ token, logprob: -0.1, bytes: null, top_logprobs: [] })),
    refusal: null,
  };
}

function finishReasons(reply: ResolvedReply): ChatCompletion.Choice['finish_reason'][] {
  const usual = reply.toolCalls.length > 0 ? 'tool_calls' : 'stop';
  const reasons = [reply.stopReason ?? usual, ...reply.moreStopReasons];
  return reasons as ChatCompletion.Choice['finish_reason'][];
}

function usage({ usage: counts, costUsd }: ResolvedReply): CompletionUsage & { cost?: number } {
  return {
    ...(costUsd !== undefined && { cost: costUsd }),
    prompt_tokens: counts.input,
    completion_tokens: counts.output,
    total_tokens: counts.input + counts.output,
    prompt_tokens_details: {
      cached_tokens: counts.cacheRead,
      audio_tokens: 0,
      // OpenAI reports cache writes only for the models that bill them.
      ...(counts.cacheWrite > 0 && { cache_write_tokens: counts.cacheWrite }),
    },
    completion_tokens_details: {
      reasoning_tokens: counts.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
