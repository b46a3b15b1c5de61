import type { Completion, CompletionChoice, CompletionUsage } from 'openai/resources/completions';
import { type ApiCall, CREATED, type FakeApi, type StreamEvent } from './fake-api.js';
import type { ResolvedReply } from './fake-reply.js';
import { openAiError } from './openai-error.js';

/** OpenAI's `POST /v1/completions`, from before there was a chat. */
export const openAiCompletions: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: (call) => ({
    ...envelope(call),
    choices: finishReasons(call.reply).map((reason, index) => choice(call.reply.text, reason, index)),
    usage: usage(call.reply),
  }),
  errorBody: (error) => ({ error: openAiError(error) }),
  streaming: { events: chunks, error: (error) => [{ data: { error: openAiError(error) } }] },
};

function* chunks(call: ApiCall): Iterable<StreamEvent> {
  const options = call.body.stream_options as { include_usage?: boolean } | undefined;
  for (const text of call.reply.chunks)
    yield { data: { ...envelope(call), choices: [choice(text, null)] }, isContent: true };
  for (const [index, reason] of finishReasons(call.reply).entries())
    yield {
      data: { ...envelope(call), choices: [choice(index === 0 ? '' : call.reply.text, reason, index)] },
    };
  if (options?.include_usage) yield { data: { ...envelope(call), choices: [], usage: usage(call.reply) } };
  yield { data: '[DONE]' };
}

function envelope({ reply, id }: ApiCall): Omit<Completion, 'choices'> {
  return { id: `cmpl-${id}`, object: 'text_completion', created: CREATED, model: reply.model };
}

function choice(text: string, finish: string | null, index = 0): CompletionChoice {
  // The type has no `null`, which is what chunks have before the last.
  return { index, text, logprobs: null, finish_reason: finish as CompletionChoice['finish_reason'] };
}

function finishReasons({ stopReason, moreStopReasons }: ResolvedReply): string[] {
  return [stopReason ?? 'stop', ...moreStopReasons];
}

function usage({ usage: { input, output } }: ResolvedReply): CompletionUsage {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
