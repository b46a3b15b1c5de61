/** A regular expression as plain data. */
export interface RegexSource {
  /** As between the slashes of a literal. */
  readonly regex: string;
  /** @defaultValue none */
  readonly flags?: string | undefined;
}

/** A key by its name, or keys by a regular expression. */
export type KeyMatcher = string | RegExp | RegexSource;

/**
 * Keys by what their values are: content; identifiers of people and sessions; the metadata that an
 * application's developer adds.
 */
export type KeyGroup = 'content' | 'identifiers' | 'metadata';

/** Decides what stands in for a value: `undefined` removes it, as does to throw or to return a promise. */
export type RedactionFunction = (value: unknown, key: string) => unknown;

/**
 * What is done with what: of several rules that match, the first applies. As plain data, save for functions and
 * regular expressions, which have a plain form too.
 */
export interface RedactionRule {
  /** For error messages. @defaultValue its place in the list */
  readonly name?: string | undefined;
  /**
   * Which attributes, of spans, events and links (`status.message` is the message of the status); or which findings
   * of a pattern in text that stays.
   */
  readonly match: KeyMatcher | { readonly group: KeyGroup } | { readonly pattern: string };
  /** `'keep'` leaves the value exactly as it is, without a scan for patterns. */
  readonly action: 'remove' | 'mask' | 'hash' | 'keep' | 'truncate' | RedactionFunction;
  /** What `'mask'` puts in place of the value. @defaultValue the option `marker` */
  readonly marker?: string | undefined;
  /** Characters that `'truncate'` leaves; it needs it. */
  readonly maxLength?: number | undefined;
}
