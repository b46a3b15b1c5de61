import { type ContentCarrier, noContent } from './content-carrier.js';

/** Google's Genkit. */
export const genkit: ContentCarrier = {
  id: 'genkit',
  source: '@genkit-ai/core@1.42.0',
  markers: ['genkit:type', 'genkit:path', 'genkit:name'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: ['genkit:init', 'genkit:input', 'genkit:output', 'genkit:metadata:context'],
  },
};
