import type { RedactionFunction } from '../redaction-rule.js';

interface Decision {
  readonly by: RedactionFunction;
  readonly answer: unknown;
}

/** Decisions by the attributes, or the status, that contain the results. */
const decisions = new WeakMap<object, Map<string, Decision>>();

/** Remembers what a function returned, so that it is not called again when the same attributes are looked at again. */
export function rememberDecision(within: object, key: string, by: RedactionFunction, answer: unknown): void {
  const ofAttributes = decisions.get(within) ?? new Map<string, Decision>();
  decisions.set(within, ofAttributes.set(key, { by, answer }));
}

/** Whether the value is what the function returned. */
export function isDecided(within: object, key: string, by: RedactionFunction, value: unknown): boolean {
  const decision = decisions.get(within)?.get(key);
  return decision !== undefined && decision.by === by && Object.is(decision.answer, value);
}
