import type { RedactionFunction } from './redaction-rule.js';

interface Decision {
  readonly by: RedactionFunction;
  readonly answer: unknown;
}

/** By the attributes, or the status, that the answers are in. */
const decisions = new WeakMap<object, Map<string, Decision>>();

/** Remembers what a function answered, for whoever sees the same attributes again: what is decided is not asked twice. */
export function rememberDecision(within: object, key: string, by: RedactionFunction, answer: unknown): void {
  const ofAttributes = decisions.get(within) ?? new Map<string, Decision>();
  decisions.set(within, ofAttributes.set(key, { by, answer }));
}

/** Whether the value is what the function answered. */
export function isDecided(within: object, key: string, by: RedactionFunction, value: unknown): boolean {
  const decision = decisions.get(within)?.get(key);
  return decision !== undefined && decision.by === by && decision.answer === value;
}
