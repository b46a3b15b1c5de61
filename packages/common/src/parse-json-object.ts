import { describe } from './check-options.js';

/**
 * Parses the text of a JSON file that must hold an object.
 *
 * @param owner - what the file is, and its path, for messages
 * @throws TypeError without what the file contains: it may be another one, with a secret
 */
export function parseJsonObject(owner: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    // Editors on Windows write a byte order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // Node's message quotes the text: only what precedes the quote is repeated.
    const reason = (error as Error).message.replace(/,? *(?:\.{3})?".*/s, '');
    throw new TypeError(`${owner}: not JSON${reason && `: ${reason}`}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${owner}: expected an object, got ${describe(value)}.`);
  return value as Record<string, unknown>;
}
