import { type ContentCarrier, noContent } from './content-carrier.js';

/** Anthropic's client, which traces itself. */
export const anthropicSdk: ContentCarrier = {
  id: 'anthropic_sdk',
  source: '@anthropic-ai/sdk@1.12.0',
  markers: [],
  contentMarks: true,
  content: { ...noContent, keys: ['anthropic.tool_result.content'] },
};
