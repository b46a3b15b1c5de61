// What a key says about an attribute and its span. They are flags, because those of a whole span are combined on the
// path of every span that ends. Text under a key without flags is scanned for patterns.

/** Only spans of LLM applications have this key. */
export const LLM = 1;
/** A dialect lists it as metadata: it stays even in an event that carries content. */
export const KNOWN = 2;
/** `allowKeys` releases it. */
export const ALLOWED = 4;
/** Content. */
export const CONTENT = 8;
/** JSON that mixes settings with content. */
export const SETTINGS = 16;
/** On the span of an LLM call, JSON that mixes the application's metadata with content. */
export const METADATA = 32;
/** Content on the span of an LLM call; elsewhere harmless except for what patterns find. */
export const QUOTING = 64;
/** Removed, whatever happens to content. */
export const REMOVED = 128;
/** Not listed, with `mode: 'allow'`. */
export const UNLISTED = 256;
/** Of a span, not of a key: a value is a map, or an array that may contain one. */
export const NESTED = 512;
/** A rule keeps it exactly as it is. */
export const KEPT = 1_024;
/** Written by instrumentations according to the conventions, not by users: not scanned. */
export const PLAIN = 2_048;
/** A rule has an action for it, whose number is in the bits from {@link ACTION_SHIFT} on. */
export const RULED = 4_096;
/** Of a span, not of a key: a pattern finds something in text that stays. */
export const FOUND = 8_192;
/** On the span of an LLM call, says whether it failed. */
export const MAY_TELL_FAILURE = 16_384;

/** A URL: on the span of an LLM call, its query is content. */
export const URL_OF_CALL = 32_768;

/** Metadata inside something that carries content; elsewhere a key like any other. */
export const KNOWN_IN_CONTENT = 65_536;

export const ACTION_SHIFT = 17;

/** Attributes with any of these must be changed or examined… */
export const ACTION: number = CONTENT | SETTINGS | REMOVED | UNLISTED | NESTED | RULED | FOUND;
/** …and with any of these, if their span is that of an LLM call. */
export const ACTION_ON_LLM: number = QUOTING | METADATA | URL_OF_CALL;
/** Text under such a key is not scanned. */
export const UNSCANNED: number = KNOWN | PLAIN | KEPT;
