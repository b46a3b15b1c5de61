import type { TimedEvent } from '@opentelemetry/sdk-trace-base';
import { LLM } from '../keys/key-flags.js';
import { withCutLength } from '../patterns/cut-length.js';
import type { RedactionPolicy } from '../policy/policy.js';
import { NAME_OF_CALL } from '../span/span-names.js';
import type { Redaction, SpanParts, TracedSpan } from '../span/span-parts.js';
import { valueLimitOf } from '../span/value-limit.js';
import { errorsOf, noteErrorsOf } from './errors-of-spans.js';
import { firstLook, flagsOf, hasFailed } from './first-look.js';
import { isOfLlmLibrary } from './llm-libraries.js';
import { ANY_TEXT } from './quoted-errors.js';
import { redactAttributes } from './redact-attributes.js';
import { redactEvent, redactLink, redactName, redactStatus } from './redact-other-parts.js';
import { RedactionRun, type Tally } from './redaction-run.js';
import { withSummary } from './summary.js';

/**
 * Redacts a span's parts, without changing them. Never throws: parts that can't be read are returned empty.
 *
 * @returns the redacted parts; `undefined` if there is nothing to redact
 */
export function redact(span: TracedSpan, policy: RedactionPolicy): Redaction | undefined {
  const flags = firstLook(span, policy);
  return flags === undefined ? redactSharedParts(span, policy) : redactFlagged(span, flags, policy);
}

/** The same for a span in which {@link firstLook} found nothing: its resource or scope may contain something. */
export function redactSharedParts(span: TracedSpan, policy: RedactionPolicy): Redaction | undefined {
  try {
    const resource = policy.sharedParts.resource(span.resource);
    const instrumentationScope = policy.sharedParts.scope(span.instrumentationScope);
    if (resource === span.resource && instrumentationScope === span.instrumentationScope) return undefined;
    const { attributes, events, links, status, name } = span;
    const tally: Tally = { removed: 0, masked: 0, failed: 0 };
    return {
      attributes,
      events,
      links,
      status,
      name,
      resource,
      instrumentationScope,
      tally,
      isStillFlagged: false,
    };
  } catch {
    return emptied(span, policy);
  }
}

/** The same for a span in which {@link firstLook} found something. */
export function redactFlagged(
  span: TracedSpan,
  flags: number,
  policy: RedactionPolicy,
): Redaction | undefined {
  try {
    return withCutLength(valueLimitOf(span), redactParts, span, flags, policy);
  } catch {
    return emptied(span, policy);
  }
}

function redactParts(span: TracedSpan, flags: number, policy: RedactionPolicy): Redaction | undefined {
  const { events, links, status, name } = span;
  const llm = (flags & LLM) !== 0 || events.some((event) => isOfLlm(event, policy));
  // Only errors are repeated on other spans, and they come with a status or an event.
  const isFailedCall = llm && hasFailed(span);
  const hasErrors = events.length > 0 || status.message !== undefined || isFailedCall;
  const traceId = hasErrors ? span.spanContext?.().traceId : undefined;
  if (!llm && traceId !== undefined) rememberErrorsOfCalls(events, traceId, policy);
  const run = new RedactionRun(policy, llm, name, traceId);

  const attributes = redactAttributes(span.attributes, flags, run);
  // A map has revealed an LLM call: attributes before the map, and parts outside the attributes, may quote its content.
  if (run.nestsCall && !llm) return redactParts(span, flags | LLM, policy);
  const redaction = {
    attributes,
    status: status.message ? redactStatus(status, attributes, run) : status,
    events: events.length === 0 ? events : mapChanged(events, (event) => redactEvent(event, run)),
    links: links.length === 0 ? links : mapChanged(links, (link) => redactLink(link, run)),
    name: name === undefined ? name : redactName(name, run),
    resource: policy.sharedParts.resource(span.resource),
    instrumentationScope: policy.sharedParts.scope(span.instrumentationScope),
    tally: run.tally,
    isStillFlagged:
      run.isStillFlagged || events.length > 0 || links.length > 0 || status.message !== undefined,
  };
  if (traceId !== undefined) {
    if (isFailedCall) rememberFailure(span, traceId, policy);
    if (isLocalRoot(span)) policy.errors.forget(traceId);
  }
  if (run.hasChanges) redaction.attributes = withSummary(attributes, span.attributes, run);
  else if (
    redaction.resource === span.resource &&
    redaction.instrumentationScope === span.instrumentationScope
  )
    return undefined;
  return redaction;
}

/** If the span has no error text, and never had one, any error on the spans above may be its own. */
function rememberFailure(span: object, traceId: string, { errors }: RedactionPolicy): void {
  for (const text of errorsOf(span) ?? []) errors.remember(traceId, text);
  if (!errors.has(traceId)) errors.remember(traceId, ANY_TEXT);
  noteErrorsOf(span, errors.textsOf(traceId));
}

/**
 * The error of a call whose own span did not record it: that span may never end, or have only the type of the error. The
 * stack of an exception on a parent span still shows where it comes from.
 */
export function rememberErrorsOfCalls(
  events: readonly Pick<TimedEvent, 'attributes'>[],
  traceId: string,
  { errors }: RedactionPolicy,
): void {
  for (const { attributes } of events) {
    const stack = attributes?.['exception.stacktrace'];
    if (!isOfLlmLibrary(stack)) continue;
    for (const text of [attributes?.['exception.message'], stack])
      if (typeof text === 'string') errors.remember(traceId, text);
  }
}

/** Whether the span has no parent in this process. */
function isLocalRoot({ parentSpanContext, parentSpanId }: TracedSpan): boolean {
  return (
    (parentSpanContext === undefined || parentSpanContext.isRemote === true) && parentSpanId === undefined
  );
}

/** Whether the event alone shows that its span is that of an LLM call. */
function isOfLlm(event: TimedEvent, policy: RedactionPolicy): boolean {
  if (policy.contentEvents.has(event.name)) return true;
  return event.attributes !== undefined && (flagsOf(event.attributes, policy) & LLM) !== 0;
}

function mapChanged<Entry>(entries: Entry[], change: (entry: Entry) => Entry): Entry[] {
  const changed = entries.map(change);
  return changed.some((entry, index) => entry !== entries[index]) ? changed : entries;
}

function emptied(span: SpanParts, policy: RedactionPolicy): Redaction {
  const tally: Tally = { removed: 1, masked: 0, failed: 1 };
  return {
    attributes: {},
    events: [],
    links: [],
    status: { code: orElse(() => span.status.code, 0) },
    name: orElse(
      () => (span.name === undefined || policy.names.isFine(span.name, true) ? span.name : NAME_OF_CALL),
      NAME_OF_CALL,
    ),
    resource: orElse(() => policy.sharedParts.resource(span.resource), undefined),
    instrumentationScope: orElse(() => policy.sharedParts.scope(span.instrumentationScope), undefined),
    tally,
    isStillFlagged: false,
  };
}

function orElse<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
