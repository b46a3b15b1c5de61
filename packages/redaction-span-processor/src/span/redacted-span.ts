import { type Reporter, SpanView } from '@llm-otel/common';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { RedactionPolicy } from '../policy/policy.js';
import { redact } from '../redact/redact.js';
import type { Redaction } from './span-parts.js';
import { redactContexts } from './trace-state.js';

/** A problem to report, worded the same in all parts of the package. */
export const UNREADABLE_VALUE = 'a value could not be read and was removed';

/**
 * Never throws, and does not change the span.
 *
 * @returns the span itself if it has no content, else a view of it; `undefined` if it can't be read
 */
export function redactedSpan(
  span: ReadableSpan,
  policy: RedactionPolicy,
  reporter: Reporter,
): ReadableSpan | undefined {
  try {
    return viewOf(span, policy, reporter);
  } catch (error) {
    reporter.errorOnce('a span could not be read and was not exported', error);
    return undefined;
  }
}

function viewOf(span: ReadableSpan, policy: RedactionPolicy, reporter: Reporter): ReadableSpan {
  const contexts = redactContexts(span, policy);
  const redaction = redact(span, policy) ?? (contexts && untouched(span));
  if (redaction === undefined) return span;
  if (redaction.tally.failed > 0) reporter.warnOnce(UNREADABLE_VALUE);
  policy.metrics?.record(redaction.tally, 'redacted');
  return new SpanView(span, { ...redaction, ...contexts });
}

/** Only the trace state of such a span is changed. */
function untouched({ attributes, events, links, status }: ReadableSpan): Redaction {
  const tally = { removed: 1, masked: 0, failed: 0 };
  return { attributes, events, links, status, tally, isStillFlagged: false };
}
