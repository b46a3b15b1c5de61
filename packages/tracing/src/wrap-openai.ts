import { openAiSpeech, openAiTranscriptions } from './apis/openai-audio.js';
import { openAiBackgroundResponses } from './apis/openai-background-responses.js';
import { openAiBatches } from './apis/openai-batches.js';
import { openAiChat } from './apis/openai-chat.js';
import { openAiCompletions } from './apis/openai-completions.js';
import { openAiDecisions } from './apis/openai-decisions.js';
import { openAiEmbeddings } from './apis/openai-embeddings.js';
import { openAiImages } from './apis/openai-images.js';
import { openAiModerations } from './apis/openai-moderations.js';
import { openAiResponses } from './apis/openai-responses.js';
import type { ClientKind } from './client/client-kind.js';
import { wrapClient } from './client/wrap-client.js';
import { type WrapOpenAIOptions, wrapOpenAIChecks } from './options.js';
import { asString, field } from './unknown-values.js';

export const openAi: ClientKind = {
  packageName: 'openai',
  vendor: 'openai',
  methods: [
    { path: ['chat', 'completions', 'create'], api: openAiChat },
    { path: ['responses', 'create'], api: openAiResponses },
    { path: ['responses', 'compact'], api: openAiResponses },
    { path: ['beta', 'responses', 'create'], api: openAiResponses },
    { path: ['beta', 'responses', 'compact'], api: openAiResponses },
    { path: ['completions', 'create'], api: openAiCompletions },
    { path: ['decisions', 'create'], api: openAiDecisions },
    { path: ['embeddings', 'create'], api: openAiEmbeddings },
    { path: ['images', 'generate'], api: openAiImages },
    { path: ['images', 'edit'], api: openAiImages },
    { path: ['images', 'createVariation'], api: openAiImages },
    { path: ['audio', 'transcriptions', 'create'], api: openAiTranscriptions },
    { path: ['audio', 'translations', 'create'], api: openAiTranscriptions },
    { path: ['audio', 'speech', 'create'], api: openAiSpeech },
    { path: ['moderations', 'create'], api: openAiModerations },
  ],
  helpers: [
    ['chat', 'completions', 'stream'],
    ['chat', 'completions', 'runTools'],
    ['responses', 'stream'],
  ],
  polls: [
    { path: ['responses', 'retrieve'], api: openAiBackgroundResponses },
    { path: ['beta', 'responses', 'retrieve'], api: openAiBackgroundResponses },
    { path: ['batches', 'retrieve'], api: openAiBatches },
  ],
  optionChecks: wrapOpenAIChecks,
  ownOptions(client) {
    // AzureOpenAI needs it again.
    const apiVersion = asString(field(client, 'apiVersion'));
    return apiVersion === undefined ? {} : { apiVersion };
  },
  tracedOptions: () => ({}),
};

/**
 * Returns a copy of a client of the `openai` package whose model calls are traced: chat completions and responses with
 * their helpers, completions, decisions, embeddings, images, audio, moderations, and the usage of batches. The copy is
 * of the same class; the given client stays as it is. Results, errors, promises and streams are the client's own.
 * Wrapping twice has no further effect.
 *
 * @param client - an `OpenAI`, or a subclass such as `AzureOpenAI`
 * @returns the traced copy; the given client if it can't be copied, which is reported to `diag`
 * @throws TypeError if `client` is not such a client, or an option is unknown or of the wrong type
 */
export function wrapOpenAI<T extends object>(client: T, options: WrapOpenAIOptions = {}): T {
  return wrapClient('wrapOpenAI', client, openAi, options);
}
