import { anthropicBatch, anthropicBatchResults } from './anthropic-batches.js';
import { anthropicMessages } from './anthropic-messages.js';
import { bedrockMessages, vertexMessages } from './anthropic-platforms.js';
import { bedrockConverse } from './bedrock-converse.js';
import type { FakeApi } from './fake-api.js';
import { geminiContent } from './gemini.js';
import { openAiSpeech, openAiTranscriptions } from './openai-audio.js';
import { openAiChat } from './openai-chat.js';
import { openAiCompletions } from './openai-completions.js';
import { openAiDecisions } from './openai-decisions.js';
import { openAiEmbeddings } from './openai-embeddings.js';
import { openAiImages } from './openai-images.js';
import { openAiModerations } from './openai-moderations.js';
import { openAiResponses } from './openai-responses.js';
import { openAiBackgroundResponse, openAiBatch } from './openai-retrieval.js';

// By the end of the path, because hosts that speak OpenAI's API put it under paths of their own
// (Azure: /openai/deployments/<name>/chat/completions, Groq: /openai/v1/chat/completions).
const routes: readonly (readonly [method: 'GET' | 'POST', pathEnd: RegExp, api: FakeApi])[] = [
  ['POST', /\/chat\/completions$/, openAiChat],
  ['POST', /\/completions$/, openAiCompletions],
  ['POST', /\/responses$/, openAiResponses],
  ['GET', /\/responses\/[^/]+$/, openAiBackgroundResponse],
  ['POST', /\/decisions$/, openAiDecisions],
  ['POST', /\/embeddings$/, openAiEmbeddings],
  ['POST', /\/images\/(generations|edits|variations)$/, openAiImages],
  ['POST', /\/audio\/(transcriptions|translations)$/, openAiTranscriptions],
  ['POST', /\/audio\/speech$/, openAiSpeech],
  ['POST', /\/moderations$/, openAiModerations],
  ['POST', /\/messages$/, anthropicMessages],
  ['GET', /\/messages\/batches\/[^/]+$/, anthropicBatch],
  ['GET', /\/messages\/batches\/[^/]+\/results$/, anthropicBatchResults],
  ['GET', /\/batches\/[^/]+$/, openAiBatch],
  ['POST', /\/model\/[^/]+\/invoke(-with-response-stream)?$/, bedrockMessages],
  ['POST', /\/model\/[^/]+\/converse(-stream)?$/, bedrockConverse],
  ['POST', /\/models\/[^/]+:(rawPredict|streamRawPredict)$/, vertexMessages],
  ['POST', /\/models\/[^/]+:(generateContent|streamGenerateContent)$/, geminiContent],
];

export function findApi(method: string, path: string): FakeApi | undefined {
  return routes.find(([only, pathEnd]) => only === method && pathEnd.test(path))?.[2];
}
