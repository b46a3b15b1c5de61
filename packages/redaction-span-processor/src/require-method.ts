import { anObjectWith, describe } from '@llm-otel/common';

/** @throws TypeError if `value` lacks the method by which it is recognised */
export function requireMethod(owner: string, expected: string, value: unknown, method: string): void {
  if (anObjectWith(method, expected)(value) !== undefined)
    throw new TypeError(`${owner}: expected ${expected}, got ${describe(value)}.`);
}
