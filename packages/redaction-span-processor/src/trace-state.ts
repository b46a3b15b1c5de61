import { createTraceState, type SpanContext, type TraceState } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { RedactionPolicy } from './policy.js';
import { redactValue } from './redact-value.js';
import { RedactionRun } from './redaction-run.js';

/** Stands before the key of an entry where rules and lists name it, as if it was an attribute. */
const PREFIX = 'tracestate.';

/** The contexts of a span without what its trace state must not tell. */
export interface RedactedContexts {
  readonly spanContext: SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
}

/** @returns `undefined` if there is nothing to redact, as for nearly all spans */
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
 * A context whose trace state has only the entries that redaction would leave as they are: others go whole, since
 * not every text may stand in one. The context itself is not changed: it is what the application sends on.
 */
export function redactContext(context: SpanContext, policy: RedactionPolicy): SpanContext {
  const { traceState } = context;
  if (traceState === undefined) return context;
  const kept = keptEntries(traceState, policy);
  if (kept === undefined) return context;
  const { traceState: _whole, ...others } = context;
  return kept === '' ? others : { ...others, traceState: createTraceState(kept) };
}

/** `undefined` if all stay; none do where they can't be read. */
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
