import {
  ATTR_LLM_REDACTION_KEYS,
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
} from '@llm-otel/semantic-conventions';
import type { Attributes, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { LLM, RULED } from './key-flags.js';
import { isOfLlmLibrary } from './llm-libraries.js';
import type { RedactionPolicy } from './policy.js';
import { ANY_TEXT } from './quoted-errors.js';
import { applyRule, callsForAction, redactAttributes, redactValue } from './redact-attributes.js';
import { RedactionRun, type Tally } from './redaction-run.js';
import { isProse, NAME_OF_CALL } from './span-names.js';

// `SpanStatusCode.ERROR`, the same in all lines.
const ERROR = 2;
const STATUS_MESSAGE = 'status.message';

/** The parts of a span that can carry content. */
export interface SpanParts {
  readonly attributes: Attributes;
  readonly events: TimedEvent[];
  readonly links: Link[];
  readonly status: SpanStatus;
  readonly name?: string | undefined;
  readonly resource?: ReadableSpan['resource'] | undefined;
  readonly instrumentationScope?: ReadableSpan['instrumentationScope'] | undefined;
}

/** What tells which trace a span is of. */
export interface TracedSpan extends SpanParts {
  readonly parentSpanContext?: SpanContext | undefined;
  /** In place of `parentSpanContext`, on SDK 1.30. */
  readonly parentSpanId?: string | undefined;
  readonly spanContext?: () => SpanContext;
}

/** The same parts without content, those that had none being the same objects, and what was done to them. */
export interface Redaction extends SpanParts {
  readonly tally: Readonly<Tally>;
}

/**
 * Redacts a span's parts. They are not changed, and it never throws: parts that can't be read come back empty.
 *
 * @returns `undefined` when there is nothing to redact
 */
export function redact(span: TracedSpan, policy: RedactionPolicy): Redaction | undefined {
  try {
    const flags = flagsOf(span.attributes, policy);
    const llm = (flags & LLM) !== 0;
    // The way of most spans: it must cost next to nothing.
    if (!callsForAction(flags, llm) && hasOnlyAttributes(span) && isKnown(span, llm, policy)) {
      if (!(llm && hasFailed(span))) return undefined;
    }
    return redactParts(span, flags, policy);
  } catch {
    return emptied(span);
  }
}

function hasFailed({ status, attributes }: SpanParts): boolean {
  // The AI SDK's way to tell of a stream that broke.
  return status.code === ERROR || attributes['ai.response.finishReason'] === 'error';
}

function hasOnlyAttributes({ events, links, status }: SpanParts): boolean {
  return events.length === 0 && links.length === 0 && !status.message;
}

/** Whether all around the attributes is known to be without content. */
function isKnown(span: SpanParts, llm: boolean, policy: RedactionPolicy): boolean {
  const { name } = span;
  return (
    policy.surroundings.areKnown(span.resource, span.instrumentationScope) &&
    (name === undefined || policy.names.isFine(name, llm))
  );
}

function redactParts(span: TracedSpan, flags: number, policy: RedactionPolicy): Redaction | undefined {
  const { events, links, status, name } = span;
  const llm = (flags & LLM) !== 0 || events.some((event) => isOfLlm(event, policy));
  // Only errors are told again on other spans, and they come with a status or an event.
  const isFailedCall = llm && hasFailed(span);
  const hasErrors = events.length > 0 || status.message !== undefined || isFailedCall;
  const traceId = hasErrors ? span.spanContext?.().traceId : undefined;
  if (!llm && traceId !== undefined) rememberErrorsOfCalls(events, traceId, policy);
  const run = new RedactionRun(policy, llm, name, traceId);

  const attributes = redactAttributes(span.attributes, flags, run);
  const redaction = {
    attributes,
    status: status.message ? redactStatus(status, run) : status,
    events: events.length === 0 ? events : mapChanged(events, (event) => redactEvent(event, run)),
    links: links.length === 0 ? links : mapChanged(links, (link) => redactEntry(link, run, false)),
    name: name === undefined ? name : redactName(name, run),
    resource: span.resource && policy.surroundings.resource(span.resource),
    instrumentationScope: span.instrumentationScope && policy.surroundings.scope(span.instrumentationScope),
    tally: run.tally,
  };
  if (traceId !== undefined) {
    if (isFailedCall && !policy.errors.has(traceId)) policy.errors.remember(traceId, ANY_TEXT);
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

/**
 * Of a call whose own span did not say what went wrong: it may never end, or tell the type of the error only. An
 * exception on a span above still shows in its stack where it comes from.
 */
function rememberErrorsOfCalls(
  events: readonly TimedEvent[],
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

/** An event or a link. They may be shared with the application: one that changes is copied. */
function redactEntry<Entry extends { attributes?: Attributes }>(
  entry: Entry,
  run: RedactionRun,
  inContent: boolean,
): Entry {
  if (entry.attributes === undefined) return entry;
  const flags = flagsOf(entry.attributes, run.policy);
  const attributes = redactAttributes(entry.attributes, flags, run, inContent);
  return attributes === entry.attributes ? entry : { ...entry, attributes };
}

/** The name of an event may be a text, too, as `span.addEvent(text)` makes it. */
function redactEvent(event: TimedEvent, run: RedactionRun): TimedEvent {
  const inContent = run.policy.contentEvents.has(event.name);
  const redacted = redactEntry(event, run, inContent);
  const name = inContent ? event.name : run.policy.names.scanned(event.name);
  return run.note(name, event.name, 'event.name') === event.name ? redacted : { ...redacted, name };
}

function redactStatus(status: SpanStatus, run: RedactionRun): SpanStatus {
  const flags = run.policy.keys.flagsOf(STATUS_MESSAGE);
  const result: SpanStatus = { code: status.code };
  const message =
    flags & RULED
      ? applyRule(flags, status.message, STATUS_MESSAGE, run, status, result)
      : redactValue(flags, status.message, STATUS_MESSAGE, run);
  if (message === status.message) return status;
  if (typeof message === 'string') result.message = message;
  return result;
}

function redactName(name: string, run: RedactionRun): string {
  const { policy, llm } = run;
  if (!llm || !policy.isContentRemoved || !(run.isNameContent || isProse(name)))
    return run.note(policy.names.scanned(name), name, 'name');
  const replaced = policy.content.act(name, 'name');
  return run.note(typeof replaced === 'string' ? replaced : NAME_OF_CALL, name, 'name');
}

/** Whether no span of this process is above. */
function isLocalRoot({ parentSpanContext, parentSpanId }: TracedSpan): boolean {
  return (
    (parentSpanContext === undefined || parentSpanContext.isRemote === true) && parentSpanId === undefined
  );
}

/** Whether the event alone tells that its span is that of an LLM call. */
function isOfLlm(event: TimedEvent, policy: RedactionPolicy): boolean {
  if (policy.contentEvents.has(event.name)) return true;
  return event.attributes !== undefined && (flagsOf(event.attributes, policy) & LLM) !== 0;
}

/** Attributes that can't be looked through may hold anything: they have all flags. */
function flagsOf(attributes: Attributes, policy: RedactionPolicy): number {
  try {
    return policy.attributes.of(attributes);
  } catch {
    return -1;
  }
}

/** Writes what stands in for content, and the summary; into a copy where the attributes are the span's own. */
function withSummary(attributes: Attributes, own: Attributes, run: RedactionRun): Attributes {
  const { safeMetadata, keys } = run;
  const { summary } = run.policy;
  if (summary === 'none' && safeMetadata === undefined) return attributes;
  const target: Record<string, unknown> = attributes === own ? { ...own } : attributes;
  safeMetadata?.writeTo(target);
  if (summary === 'none') return target as Attributes;
  // Counts of an earlier redaction are added to: what was removed then is not seen now.
  addCount(target, ATTR_LLM_REDACTION_REMOVED_COUNT, run.removed);
  addCount(target, ATTR_LLM_REDACTION_MASKED_COUNT, run.masked);
  if (keys !== undefined) {
    const before = target[ATTR_LLM_REDACTION_KEYS];
    target[ATTR_LLM_REDACTION_KEYS] = [...new Set([...(Array.isArray(before) ? before : []), ...keys])];
  }
  return target as Attributes;
}

function addCount(target: Record<string, unknown>, key: string, count: number): void {
  const before = target[key];
  if (count > 0) target[key] = (typeof before === 'number' ? before : 0) + count;
}

function mapChanged<Entry>(entries: Entry[], change: (entry: Entry) => Entry): Entry[] {
  const changed = entries.map(change);
  return changed.some((entry, index) => entry !== entries[index]) ? changed : entries;
}

function emptied(span: SpanParts): Redaction {
  let code: SpanStatus['code'] = 0;
  try {
    code = span.status.code;
  } catch {
    // Unset, then.
  }
  const tally: Tally = { removed: 1, masked: 0, failed: 1 };
  return { attributes: {}, events: [], links: [], status: { code }, tally };
}
