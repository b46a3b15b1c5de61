/** The names of all built-in patterns. */
export const builtInPatterns = [
  'email',
  'phone',
  'iban',
  'credit-card',
  'ssn',
  'ip',
  'api-key',
  'jwt',
  'private-key',
] as const;

/** The name of a built-in pattern. */
export type BuiltInPattern = (typeof builtInPatterns)[number];

const ofDigits = ['phone', 'iban', 'credit-card', 'ssn', 'ip'] as const satisfies readonly BuiltInPattern[];

/** Whether any of the patterns finds numbers. */
export function wantsNumbers(wanted: ReadonlySet<BuiltInPattern>): boolean {
  return ofDigits.some((pattern) => wanted.has(pattern));
}
