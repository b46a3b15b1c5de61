import { type ContentCarrier, noContent } from './content-carrier.js';

/** Judgment. */
export const judgeval: ContentCarrier = {
  id: 'judgeval',
  source: 'judgeval@1.2.1',
  markers: [],
  contentMarks: true,
  content: { ...noContent, keys: ['judgment.input', 'judgment.output'] },
};
