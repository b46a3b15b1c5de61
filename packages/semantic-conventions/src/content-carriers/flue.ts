import { type ContentCarrier, noContent } from './content-carrier.js';

/** Flue, for arguments and results that are no objects. */
export const flue: ContentCarrier = {
  id: 'flue',
  source: '@flue/opentelemetry@2.1.0',
  markers: ['flue.operation.id', 'flue.turn.id'],
  contentMarks: true,
  content: { ...noContent, keys: ['flue.tool.call.arguments', 'flue.tool.call.result'] },
};
