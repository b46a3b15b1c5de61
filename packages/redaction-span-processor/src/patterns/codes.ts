// Codes of the characters that several patterns look for.

export const SPACE = 0x20;
export const PERCENT = 0x25;
export const PLUS = 0x2b;
export const HYPHEN = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const AT_SIGN = 0x40;
export const BACKSLASH = 0x5c;
export const SMALL_U = 0x75;
