import { asArray, type Loose, textLength } from '../unknown-values.js';

/** Characters of text in the messages that instruct the model. */
export function systemLength(messages: unknown): number {
  let length = 0;
  for (const each of asArray(messages)) {
    const message = each as Loose<'role' | 'content'>;
    const role = message?.role;
    if (role === 'system' || role === 'developer') length += textLength(message?.content);
  }
  return length;
}
