// What a key tells of an attribute and of its span. Flags, because those of a whole span are united on the
// path of every span that ends. Text under a key that has none is scanned for patterns.

/** Only spans of an LLM application carry it. */
export const LLM = 1;
/** A dialect names it as metadata: it stays even in an event that carries content. */
export const KNOWN = 2;
/** `allowKeys` releases it. */
export const ALLOWED = 4;
/** Content. */
export const CONTENT = 8;
/** JSON in which settings stand beside content. */
export const SETTINGS = 16;
/** On a span of an LLM call, JSON in which the application's metadata stands beside content. */
export const METADATA = 32;
/** Content on a span of an LLM call, harmless elsewhere but for what patterns find. */
export const QUOTING = 64;
/** Removed, whatever is done with content. */
export const REMOVED = 128;
/** Not listed, where only what is listed may stay. */
export const UNLISTED = 256;
/** Not of a key, but of a span: a value is a map, or an array that may hold one. */
export const NESTED = 512;
/** A rule keeps it exactly as it is. */
export const KEPT = 1_024;
/** What instrumentations write by the conventions, and no user: not scanned. */
export const PLAIN = 2_048;
/** A rule has an action of its own for it, whose number is above {@link ACTION_SHIFT}. */
export const RULED = 4_096;
/** Not of a key, but of a span: a pattern is in a text that stays. */
export const FOUND = 8_192;
/** On a span of an LLM call, tells whether it failed. */
export const MAY_TELL_FAILURE = 16_384;

/** A URL: on a span of an LLM call its query is content. */
export const URL_OF_CALL = 32_768;

/** In what carries content, metadata; elsewhere a name like others. */
export const KNOWN_IN_CONTENT = 65_536;

export const ACTION_SHIFT = 17;

/** Attributes with any of these are to be changed, or to be looked into… */
export const ACTION: number = CONTENT | SETTINGS | REMOVED | UNLISTED | NESTED | RULED | FOUND;
/** …and with these, if their span is that of an LLM call. */
export const ACTION_ON_LLM: number = QUOTING | METADATA | URL_OF_CALL;
/** Text under such a key is not scanned. */
export const UNSCANNED: number = KNOWN | PLAIN | KEPT;
