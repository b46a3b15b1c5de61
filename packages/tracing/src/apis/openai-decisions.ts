import { openAiDecisionsContent } from '../content/openai-decisions-content.js';
import { asString, field } from '../unknown-values.js';
import type { LlmApi } from './llm-api.js';
import { recordOpenAiUsage } from './openai-usage.js';
import { systemLength } from './system-length.js';

/** `decisions.create`, which answers questions about an input: its answers are numbers and choices, not text. */
export const openAiDecisions: LlmApi = {
  operation: 'generate_content',
  outputType: 'json',
  readRequest(body) {
    const input = field(body, 'input');
    return {
      model: asString(field(body, 'model')),
      messageCount: Array.isArray(input) ? input.length : 1,
      systemLength: systemLength(input),
    };
  },
  readResponse(response, call) {
    call.recordResponse({ model: asString(field(response, 'model')) });
    recordOpenAiUsage(field(response, 'usage'), call);
  },
  chunkReader: () => ({ read: () => true }),
  content: openAiDecisionsContent,
};
