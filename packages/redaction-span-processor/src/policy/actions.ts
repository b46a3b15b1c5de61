import { createHmac } from 'node:crypto';
import { withCutLength } from '../patterns/cut-length.js';
import type { RedactionFunction, RedactionRule } from '../redaction-rule.js';

/** Returns the replacement of a value; `undefined` removes it. Throws if the value can't be handled. */
type Action = (value: unknown, key: string) => unknown;

/** The default marker. */
export const MARKER = '[REDACTED]';

const HASHED = /^hmac-sha256:[0-9a-f]{64}$/;

/** What a rule does; `by` is the function, if one decides. */
export interface RuleAction {
  readonly act: Action;
  readonly by?: RedactionFunction | undefined;
}

/** What actions need to know beside their rule. */
interface ActionContext {
  /** For masked text, unless the rule has its own. */
  readonly marker: string;
  readonly hmacKey: string | undefined;
  /** The markers of all rules. */
  readonly markers: ReadonlySet<string>;
  /** Replaces what patterns find in a text. */
  readonly scan: (text: string) => string;
}

/** What a rule does with the values to which it applies. */
export function actionOf(
  { action, marker, maxLength }: Pick<RedactionRule, 'action' | 'marker' | 'maxLength'>,
  context: ActionContext,
): RuleAction {
  if (typeof action === 'function') return { act: ask(action), by: action };
  switch (action) {
    case 'mask': {
      const replacement = marker ?? context.marker;
      return { act: () => replacement };
    }
    case 'hash':
      return { act: hash(context.hmacKey ?? '', context.markers) };
    case 'truncate':
      return { act: truncate(maxLength ?? 0, context.scan) };
    case 'keep':
      return { act: (value) => value };
    case 'remove':
      return { act: () => undefined };
  }
}

/** What is already a replacement is left as it is, so that redacting twice equals redacting once. */
function hash(hmacKey: string, markers: ReadonlySet<string>): Action {
  return (value) =>
    typeof value === 'string' && (markers.has(value) || HASHED.test(value))
      ? value
      : `hmac-sha256:${createHmac('sha256', hmacKey).update(textOf(value)).digest('hex')}`;
}

/** @param scan - replaces what patterns find in a text */
function truncate(maxLength: number, scan: (text: string) => string): Action {
  const cut = (text: string): string => {
    const scanned = scan(text);
    if (scanned.length <= maxLength) return scanned;
    // From here on it is cut, whatever the SDK did.
    return withCutLength(undefined, cutUntilStable, scanned);
  };
  const cutUntilStable = (text: string): string => {
    // A cut may create a new match, for example a number at the end of the text. Cut and scan until nothing changes.
    for (let round = 0, current = text; round < 4; round++) {
      const next = scan(current).slice(0, maxLength);
      const whole = isHighSurrogate(next, next.length - 1) ? next.slice(0, -1) : next;
      if (whole === current) return whole;
      current = whole;
    }
    throw new RangeError('patterns find something new in a text each time that it is cut');
  };
  return (value) => {
    if (typeof value === 'string') return cut(value);
    if (typeof value !== 'object' || value === null) return value;
    const texts = Array.isArray(value)
      ? value.map((item) => (typeof item === 'string' ? cut(item) : item))
      : [];
    if (Array.isArray(value) && texts.every((item) => typeof item !== 'object' || item === null))
      return texts.every((item, index) => Object.is(item, value[index])) ? value : texts;
    return cut(textOf(value).toString());
  };
}

/** Calls the function of a rule. Throws if the function does, or if it returns something that is not an attribute value. */
function ask(by: RedactionFunction): Action {
  return (value, key) => {
    const answer: unknown = by(value, key);
    if (answer === null || answer === undefined) return undefined;
    if (typeof answer === 'object' && 'then' in answer) {
      // Nobody awaits it, so its rejection must not become an unhandled one.
      if (answer instanceof Promise) answer.catch(() => undefined);
      throw new TypeError('a promise is not an attribute value');
    }
    if (typeof answer === 'function' || typeof answer === 'symbol' || typeof answer === 'bigint')
      throw new TypeError('not an attribute value');
    return answer;
  };
}

function textOf(value: unknown): string | Uint8Array {
  if (typeof value === 'string' || value instanceof Uint8Array) return value;
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('not an attribute value');
  return text;
}

function isHighSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
}
