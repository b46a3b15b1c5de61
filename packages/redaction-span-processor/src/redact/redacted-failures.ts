import type { RedactionPolicy } from '../policy/policy.js';

/** Spans that failed, by the options with which the processor redacted them. */
const redactedWith = new WeakMap<object, RedactionPolicy['options']>();

/**
 * Notes that a failed span has been redacted in place. An exporter's view behind the processor finds no error text on it,
 * and must not conclude that none was recorded: it would take every error on the spans above for that of the call.
 */
export function noteRedactedFailure(span: object, { options }: RedactionPolicy): void {
  redactedWith.set(span, options);
}

/**
 * Whether the processor has done to a failed span, and thus also to those above it, what this policy would do. With other
 * options, it may have kept there what this policy removes.
 */
export function isRedactedFailure(span: object, { options }: RedactionPolicy): boolean {
  return redactedWith.get(span) === options;
}
