/** The name of a built-in pattern. */
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

/** The names of all built-in patterns. */
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
