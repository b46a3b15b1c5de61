import type { Attributes } from '@opentelemetry/api';
import { finishReasonKey } from '../keys/content-rules.js';
import { LLM, MAY_TELL_FAILURE } from '../keys/key-flags.js';
import type { RedactionPolicy } from '../policy/policy.js';
import type { SpanParts } from '../span/span-parts.js';
import { callsForAction } from './redact-attributes.js';

/** Attributes that can't be read may hold anything: they have all flags. */
export const UNREADABLE = -1;
// `SpanStatusCode.ERROR`, the same in all SDK versions.
const ERROR = 2;

/**
 * The path of most spans: it must cost almost nothing. Never throws.
 *
 * @returns the combined flags of a span that must be examined; `undefined` if there is nothing to redact, except in its
 *   resource and scope
 */
export function firstLook(span: SpanParts, policy: RedactionPolicy): number | undefined {
  try {
    const flags = flagsOf(span.attributes, policy, span);
    const llm = (flags & LLM) !== 0;
    if (callsForAction(flags, llm) || !hasOnlyAttributes(span)) return flags;
    if (span.name !== undefined && !policy.names.isFine(span.name, llm)) return flags;
    const mayHaveFailed = span.status.code === ERROR || (flags & MAY_TELL_FAILURE) !== 0;
    return llm && mayHaveFailed && hasFailed(span) ? flags : undefined;
  } catch {
    return UNREADABLE;
  }
}

/** Whether the span records a failure. */
export function hasFailed({ status, attributes }: SpanParts): boolean {
  return status.code === ERROR || attributes[finishReasonKey] === 'error';
}

/**
 * The combined flags of attributes. Never throws.
 *
 * @param span - whose attributes they are, if the length at which its values are cut is not set yet
 */
export function flagsOf(attributes: Attributes, policy: RedactionPolicy, span?: SpanParts): number {
  try {
    return policy.attributes.of(attributes, span);
  } catch {
    return UNREADABLE;
  }
}

function hasOnlyAttributes({ events, links, status }: SpanParts): boolean {
  return events.length === 0 && links.length === 0 && !status.message;
}
