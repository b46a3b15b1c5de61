import type { RegexSource } from '../redaction-rule.js';
import { slowPartOf } from './check-regex.js';

/**
 * Compiles a regular expression that takes no more than linear time.
 *
 * @param owner - what it belongs to, for messages
 * @param global - whether it is searched for anywhere in long texts, rather than in keys
 * @throws TypeError if it is invalid or may take longer
 */
export function compileRegex(owner: string, source: RegExp | RegexSource, global: boolean): RegExp {
  const { text, flags } =
    source instanceof RegExp
      ? { text: source.source, flags: source.flags }
      : { text: source.regex, flags: source.flags ?? '' };
  let regex: RegExp;
  try {
    // With `g` or `y` a pattern remembers where it stopped, and answers differently the next time.
    regex = new RegExp(text, flags.replace(/[gy]/g, '') + (global ? 'g' : ''));
  } catch (error) {
    throw new TypeError(`${owner}: not a valid regular expression: ${(error as Error).message}.`);
  }
  const slowPart = slowPartOf(regex, global);
  if (slowPart !== undefined)
    throw new TypeError(`${owner}: ${String(regex)} may be very slow: ${slowPart}.`);
  return regex;
}
