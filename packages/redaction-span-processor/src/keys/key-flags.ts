// What a key says about an attribute and its span. They are flags, because those of a whole span are combined on the
// path of every span that ends. Text under a key without flags is scanned for patterns.

/** Only spans of LLM applications have this key. */
export const LLM: number = 1 << 0;
/** A dialect lists it as metadata: it stays even in an event that carries content. */
export const KNOWN: number = 1 << 1;
/** `allowKeys` releases it. */
export const ALLOWED: number = 1 << 2;
/** Content. */
export const CONTENT: number = 1 << 3;
/** JSON that mixes settings with content. */
export const SETTINGS_JSON: number = 1 << 4;
/** On the span of an LLM call, JSON that mixes the application's metadata with content. */
export const METADATA_JSON: number = 1 << 5;
/** Content on the span of an LLM call; elsewhere harmless except for what patterns find. */
export const QUOTING: number = 1 << 6;
/** Removed, whatever happens to content. */
export const REMOVED: number = 1 << 7;
/** Not listed, with `mode: 'allow'`. */
export const UNLISTED: number = 1 << 8;
/** Of a span, not of a key: a value is a map, or an array that may contain one. */
export const NESTED: number = 1 << 9;
/** A rule keeps it exactly as it is. */
export const KEPT: number = 1 << 10;
/** Written by instrumentations according to the conventions, not by users: not scanned. */
export const PLAIN: number = 1 << 11;
/** A rule has an action for it, whose number is in the bits from {@link ACTION_SHIFT} on. */
export const RULED: number = 1 << 12;
/** Of a span, not of a key: a pattern finds something in text that stays. */
export const FOUND: number = 1 << 13;
/** On the span of an LLM call, says whether it failed. */
export const MAY_TELL_FAILURE: number = 1 << 14;

/** A URL: on the span of an LLM call, its query is content. */
export const URL_OF_CALL: number = 1 << 15;

/** Metadata inside something that carries content; elsewhere a key like any other. */
export const KNOWN_IN_CONTENT: number = 1 << 16;

export const ACTION_SHIFT = 17;

/** Attributes with any of these must be changed or examined… */
export const ACTION: number = CONTENT | SETTINGS_JSON | REMOVED | UNLISTED | NESTED | RULED | FOUND;
/** …and with any of these, if their span is that of an LLM call. */
export const ACTION_ON_LLM: number = QUOTING | METADATA_JSON | URL_OF_CALL;
/** Text under such a key is not scanned. */
export const UNSCANNED: number = KNOWN | PLAIN | KEPT;
