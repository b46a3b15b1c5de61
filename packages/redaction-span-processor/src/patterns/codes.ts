// Codes of the characters that several patterns look for.

export const PERCENT = 0x25;
export const PLUS = 0x2b;
export const DOT = 0x2e;
