/** What is looked for in text that stays. */
export type BuiltInPattern =
  | 'email'
  | 'phone'
  | 'iban'
  | 'credit-card'
  | 'ssn'
  | 'ip'
  | 'api-key'
  | 'jwt'
  | 'private-key';

/** The names of all patterns that are built in. */
export const builtInPatterns: readonly BuiltInPattern[] = [
  'email',
  'phone',
  'iban',
  'credit-card',
  'ssn',
  'ip',
  'api-key',
  'jwt',
  'private-key',
];
