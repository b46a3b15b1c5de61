/** A regular expression as plain data. */
export interface RegexSource {
  /** Source, as between the slashes of a literal. */
  readonly regex: string;
  /** Flags. @defaultValue none */
  readonly flags?: string | undefined;
}

/** A key by its name, or several keys by a regular expression. */
export type KeyMatcher = string | RegExp | RegexSource;

/**
 * Keys by the meaning of their values: content; identifiers of people and sessions; or metadata that the application's
 * developer adds.
 */
export type KeyGroup = 'content' | 'identifiers' | 'metadata';

/** Returns the replacement of a value. If it returns `undefined` or a promise, or throws, the value is removed. */
export type RedactionFunction = (value: unknown, key: string) => unknown;

/**
 * An action, and the values to which it applies. Of several rules that match, the first applies. A rule is plain data,
 * except for functions and regular expressions; the latter have a plain form too.
 */
export interface RedactionRule {
  /** Name of the rule in error messages. @defaultValue its index in the list */
  readonly name?: string | undefined;
  /**
   * The attributes of spans, events, links and log records to which the rule applies (`status.message` stands for the
   * status message, `body` for the body of a log record); or, with `pattern`, what that pattern finds in the remaining text.
   */
  readonly match: KeyMatcher | { readonly group: KeyGroup } | { readonly pattern: string };
  /** What happens to the value. `'keep'` leaves it exactly as it is and does not scan it for patterns. */
  readonly action: 'remove' | 'mask' | 'hash' | 'keep' | 'truncate' | RedactionFunction;
  /** The replacement for `'mask'`. @defaultValue the option `marker` */
  readonly marker?: string | undefined;
  /** Number of characters that `'truncate'` keeps; required for it. */
  readonly maxLength?: number | undefined;
}
