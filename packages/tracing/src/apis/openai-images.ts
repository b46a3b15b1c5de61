import { openAiImagesContent } from '../content/openai-images-content.js';
import { asString, type Loose } from '../unknown-values.js';
import type { LlmApi } from './llm-api.js';
import { recordOpenAiUsage } from './openai-usage.js';

/** `images.generate`, `images.edit` and `images.createVariation`: only the GPT image models report their usage. */
export const openAiImages: LlmApi = {
  operation: 'generate_content',
  outputType: 'image',
  readRequest(body) {
    const request = body as Loose<'model' | 'stream'>;
    return { model: asString(request?.model), streaming: request?.stream === true };
  },
  readResponse: (response, call) => recordOpenAiUsage((response as Loose<'usage'>)?.usage, call),
  chunkReader: (call) => ({
    // The last event, `image_generation.completed` or `image_edit.completed`, has the usage. All have an image.
    read(event) {
      recordOpenAiUsage((event as Loose<'usage'>)?.usage, call);
      return true;
    },
  }),
  content: openAiImagesContent,
};
