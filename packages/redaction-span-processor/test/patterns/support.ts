import { type BuiltInPattern, builtInPatterns } from '../../src/patterns/built-in-patterns.js';
import { PatternScanner } from '../../src/patterns/pattern-scanner.js';

/** Puts `<name>` in place of what each pattern finds. */
export const scannerOf = (...patterns: readonly BuiltInPattern[]): PatternScanner =>
  new PatternScanner(Object.fromEntries(patterns.map((name) => [name, () => `<${name}>`])));

export const all: PatternScanner = scannerOf(...builtInPatterns);
