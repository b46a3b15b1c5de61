import type { ImagesResponse } from 'openai/resources/images';
import { type ApiCall, CREATED, type FakeApi, type StreamEvent } from './fake-api.js';
import type { ResolvedReply } from './fake-reply.js';
import { openAiError } from './openai-error.js';

const IMAGE = 'iVBORw0KGgo=';

/** OpenAI's `POST /v1/images/generations`, `/edits` and `/variations`. */
export const openAiImages: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: ({ reply, body }): ImagesResponse => ({
    created: CREATED,
    data: [{ b64_json: IMAGE, ...(body.model === 'dall-e-3' && { revised_prompt: reply.text }) }],
    usage: usage(reply),
  }),
  errorBody: (error) => ({ error: openAiError(error) }),
  streaming: { events, error: (error) => [{ event: 'error', data: { error: openAiError(error) } }] },
  // Variations, which name none, are made by the only model that makes them.
  model: () => 'dall-e-2',
};

function* events({ path, reply }: ApiCall): Iterable<StreamEvent> {
  const name = path.endsWith('/edits') ? 'image_edit' : 'image_generation';
  const event = (type: string, rest: object): StreamEvent => ({
    event: type,
    data: { type, b64_json: IMAGE, created_at: CREATED, ...rest },
    isContent: true,
  });
  yield event(`${name}.partial_image`, { partial_image_index: 0 });
  yield event(`${name}.completed`, { usage: usage(reply) });
}

function usage({ usage: { input, output } }: ResolvedReply): ImagesResponse.Usage {
  return {
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    input_tokens_details: { image_tokens: 0, text_tokens: input },
  };
}
