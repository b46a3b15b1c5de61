import { createTraceState, type SpanContext, type TraceState } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { UNCUT, withCutLength } from '../patterns/cut-length.js';
import type { RedactionPolicy } from '../policy/policy.js';
import { redactValue } from '../redact/redact-value.js';
import { RedactionRun } from '../redact/redaction-run.js';

/** Prefix of an entry's key in rules and lists, as if it were an attribute. */
const PREFIX = 'tracestate.';

/** The contexts of a span, with redacted trace states. */
export interface RedactedContexts {
  readonly spanContext: SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
}

/** @returns the redacted contexts; `undefined` if there is nothing to redact, as for nearly all spans */
export function redactContexts(span: ReadableSpan, policy: RedactionPolicy): RedactedContexts | undefined {
  const spanContext = span.spanContext();
  const { parentSpanContext } = span;
  if (spanContext.traceState === undefined && parentSpanContext?.traceState === undefined) return undefined;
  const contexts = {
    spanContext: redactContext(spanContext, policy),
    parentSpanContext: parentSpanContext && redactContext(parentSpanContext, policy),
  };
  const isSame = contexts.spanContext === spanContext && contexts.parentSpanContext === parentSpanContext;
  return isSame ? undefined : contexts;
}

/**
 * A context whose trace state has only the entries that redaction leaves unchanged. The others are removed, because not
 * every text is valid in a trace state. The context itself is not changed: the application propagates it.
 */
export function redactContext(context: SpanContext, policy: RedactionPolicy): SpanContext {
  const { traceState } = context;
  if (traceState === undefined) return context;
  // No SDK cuts them.
  const kept = withCutLength(UNCUT, keptEntries, traceState, policy);
  if (kept === undefined) return context;
  const { traceState: _whole, ...others } = context;
  return kept === '' ? others : { ...others, traceState: createTraceState(kept) };
}

/** The entries that stay; `undefined` if all do. None stay if they can't be read. */
function keptEntries(traceState: TraceState, policy: RedactionPolicy): string | undefined {
  try {
    const entries = traceState.serialize().split(',');
    const kept = entries.filter((entry) => stays(entry, policy));
    return kept.length === entries.length ? undefined : kept.join(',');
  } catch {
    return '';
  }
}

function stays(entry: string, policy: RedactionPolicy): boolean {
  const at = entry.indexOf('=');
  const key = PREFIX + entry.slice(0, at).trim();
  const value = entry.slice(at + 1);
  return (
    policy.scan(key) === key &&
    redactValue(policy.keys.flagsOf(key), value, key, new RedactionRun(policy, false)) === value
  );
}
