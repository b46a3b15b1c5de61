// Kinds of characters. What one is, after one of another kind, says whether something may be found around it.
export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const AT = 3;
export const PERCENT = 4;
export const COLON = 5;
export const BACKSLASH = 6;
const KINDS = 8;

/** In a step, beside the kind of the character: it is worth a look. */
const ANCHOR = 8;
/** Of a row of steps: one for each ASCII character; what is not ASCII counts as the last. */
const ROW_BITS = 7;
const NOT_ASCII = 127;

/** What is looked for, as far as it makes a character worth a look. */
export interface AnchorsWanted {
  readonly email: boolean;
  readonly apiKey: boolean;
  readonly ip: boolean;
  /** Something that begins with a digit. */
  readonly digits: boolean;
  /** First characters of what begins a word. */
  readonly initials: ReadonlySet<number>;
}

/** Finds the characters that are worth a look: one look-up a character is all that most text costs. */
export class AnchorTable {
  /** For each character after one of each kind. */
  readonly #steps = new Uint8Array(KINDS << ROW_BITS);

  constructor(wanted: AnchorsWanted) {
    for (let before = 0; before < KINDS; before++)
      for (let code = 0; code < NOT_ASCII; code++) {
        const kind = kindOf(code);
        this.#steps[(before << ROW_BITS) | code] = kind | (isAnchor(kind, code, before, wanted) ? ANCHOR : 0);
      }
  }

  /**
   * The next place from `from` on that is worth a look; the length of the text if there is none.
   *
   * @param kind - of the character before
   */
  next(text: string, from: number, kind: number): number {
    // Constants of another module would be looked up for each character.
    const steps = this.#steps;
    let step = kind;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      step = steps[((step & (KINDS - 1)) << ROW_BITS) | Math.min(code, NOT_ASCII)] ?? OTHER;
      if ((step & ANCHOR) !== 0) return at;
    }
    return text.length;
  }

  /** The kind of the character at a place. */
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

function isAnchor(kind: number, code: number, before: number, wanted: AnchorsWanted): boolean {
  switch (kind) {
    case LETTER:
      return before !== LETTER && before !== DIGIT && wanted.initials.has(code);
    case DIGIT:
      return before !== DIGIT && wanted.digits;
    case AT:
      return wanted.email || wanted.apiKey;
    case COLON:
      return wanted.ip && before !== COLON;
    case BACKSLASH:
    case PERCENT:
      return wanted.email || wanted.digits || wanted.initials.size > 0;
    default:
      return false;
  }
}
