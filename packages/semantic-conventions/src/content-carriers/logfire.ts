import { type ContentCarrier, noContent } from './content-carrier.js';

/** Logfire, and baggage that is copied into attributes. */
export const logfire: ContentCarrier = {
  id: 'logfire',
  source: 'logfire@0.22.9, @pydantic/logfire-node@0.18.25',
  markers: [],
  contentMarks: false,
  content: { ...noContent, keys: ['logfire.msg', 'logfire.msg_template'], prefixes: ['baggage.'] },
};
