import { describe } from '@llm-otel/common';

/** @throws TypeError if `value` lacks the method by which it is recognised */
export function requireMethod(owner: string, expected: string, value: object, method: string): void {
  if (typeof value !== 'object' || value === null || typeof Reflect.get(value, method) !== 'function')
    throw new TypeError(`${owner}: expected ${expected}, got ${describe(value)}.`);
}
