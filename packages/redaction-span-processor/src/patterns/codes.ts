// Codes of the characters that several patterns look for.

export const PERCENT = 0x25;
export const PLUS = 0x2b;
export const HYPHEN = 0x2d;
export const DOT = 0x2e;
