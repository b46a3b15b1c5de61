import { openAiChat } from './apis/openai-chat.js';
import { openAiEmbeddings } from './apis/openai-embeddings.js';
import { openAiResponses } from './apis/openai-responses.js';
import { type ClientKind, wrapClient } from './client/wrap-client.js';
import { asString, field } from './json.js';
import { checkWrapOptions, type WrapOptions } from './options.js';

export const openAi: ClientKind = {
  provider: 'openai',
  resources: [
    { path: ['chat', 'completions'], api: openAiChat },
    { path: ['responses'], api: openAiResponses },
    { path: ['embeddings'], api: openAiEmbeddings },
  ],
  ownOptions(client) {
    // Of AzureOpenAI, which needs it again.
    const apiVersion = asString(field(client, 'apiVersion'));
    return apiVersion === undefined ? {} : { apiVersion };
  },
  tracedOptions: () => ({}),
};

/**
 * Gives a client of the `openai` package whose chat completions, responses and embeddings are traced, their
 * `parse()` and `stream()` helpers included. It is a copy of the same class; the client given stays as it is.
 * Results, errors, promises and streams are the client's own. Wrapping twice does nothing more.
 *
 * @param client - an `OpenAI`, or a subclass such as `AzureOpenAI`
 * @throws TypeError for an option that is not known or of the wrong type
 */
export function wrapOpenAI<T extends object>(client: T, options: WrapOptions = {}): T {
  checkWrapOptions('wrapOpenAI', options);
  return wrapClient(client, openAi, options);
}
