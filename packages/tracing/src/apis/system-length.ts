import { asArray, field, textLength } from '../json.js';

/** Characters of text in the messages that instruct the model. */
export function systemLength(messages: unknown): number {
  let length = 0;
  for (const message of asArray(messages)) {
    const role = field(message, 'role');
    if (role === 'system' || role === 'developer') length += textLength(field(message, 'content'));
  }
  return length;
}
