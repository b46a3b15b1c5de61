import { type BuiltInPattern, wantsNumbers } from './built-in-patterns.js';

// Kinds of characters. The kind of a character and of the one before it decide whether a match may be around it.
export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const AT = 3;
export const PERCENT = 4;
export const COLON = 5;
export const BACKSLASH = 6;
const KINDS = 8;

/** Flag of a step, next to the kind of the character: a match may be around it. */
const ANCHOR = 8;
/** A row has one step for each ASCII character; all other characters use the last one. */
const ROW_BITS = 7;
const NOT_ASCII = 127;

/** Finds the anchors: characters around which a match may be. Most text costs one look-up per character. */
export class AnchorTable {
  /** One row for each kind of the character before. */
  readonly #steps = new Uint8Array(KINDS << ROW_BITS);

  /**
   * @param wanted - the patterns to look for
   * @param initials - codes of the first characters of those that begin a word
   */
  constructor(wanted: ReadonlySet<BuiltInPattern>, initials: ReadonlySet<number>) {
    const isAnchor = anchorsOf(wanted, initials);
    for (let before = 0; before < KINDS; before++)
      for (let code = 0; code < NOT_ASCII; code++) {
        const kind = kindOf(code);
        this.#steps[(before << ROW_BITS) | code] = kind | (isAnchor(kind, code, before) ? ANCHOR : 0);
      }
  }

  /**
   * The index of the next anchor, from `from` on; the length of the text if there is none.
   *
   * @param kind - kind of the character before `from`
   */
  next(text: string, from: number, kind: number): number {
    const steps = this.#steps;
    let step = kind;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      step = steps[((step & (KINDS - 1)) << ROW_BITS) | Math.min(code, NOT_ASCII)] ?? OTHER;
      if ((step & ANCHOR) !== 0) return at;
    }
    return text.length;
  }

  /** The kind of the character at an index. */
  kindAt(text: string, at: number): number {
    return (this.#steps[Math.min(text.charCodeAt(at), NOT_ASCII)] ?? OTHER) & (KINDS - 1);
  }
}

function kindOf(code: number): number {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return LETTER;
  if (/\d/.test(character)) return DIGIT;
  return { '@': AT, '%': PERCENT, ':': COLON, '\\': BACKSLASH }[character] ?? OTHER;
}

/** Decides whether a match may be around a character, by its kind and code, and the kind of the character before. */
function anchorsOf(wanted: ReadonlySet<BuiltInPattern>, initials: ReadonlySet<number>) {
  const email = wanted.has('email');
  const numbers = wantsNumbers(wanted);
  return (kind: number, code: number, before: number): boolean => {
    switch (kind) {
      case LETTER:
        return before !== LETTER && before !== DIGIT && initials.has(code);
      case DIGIT:
        return before !== DIGIT && numbers;
      case AT:
        return email || wanted.has('api-key');
      case COLON:
        return wanted.has('ip') && before !== COLON;
      case BACKSLASH:
      case PERCENT:
        return email || numbers || initials.size > 0;
      default:
        return false;
    }
  };
}
