import { field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { promptMessages } from './message-parts.js';

/** Of embeddings and moderations, whose answers are numbers. */
export const openAiInputContent: ContentReader = {
  readRequest: (body) => ({ inputMessages: promptMessages(field(body, 'input')) }),
};
