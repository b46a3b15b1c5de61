import {
  ATTR_LLM_REDACTION_KEYS,
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
} from '@llm-otel/semantic-conventions';
import type { Attributes, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { errorTextKeys } from './content-rules.js';
import { LLM, RULED } from './key-flags.js';
import { isOfLlmLibrary } from './llm-libraries.js';
import type { RedactionPolicy } from './policy.js';
import { ANY_TEXT } from './quoted-errors.js';
import {
  applyRule,
  callsForAction,
  type RedactionContext,
  redactAttributes,
  redactValue,
  type Tally,
} from './redact-attributes.js';
import { SafeMetadata } from './safe-metadata.js';
import { isProse, NAME_OF_CALL, quotesContent } from './span-names.js';

// `SpanStatusCode.ERROR`, the same in all lines.
const ERROR = 2;
const STATUS_MESSAGE = 'status.message';
/** So many keys are named in a summary. */
const MAX_SUMMARY_KEYS = 128;

/** The parts of a span that can carry content. */
export interface SpanParts {
  readonly attributes: Attributes;
  readonly events: TimedEvent[];
  readonly links: Link[];
  readonly status: SpanStatus;
  readonly name?: string;
  readonly resource?: ReadableSpan['resource'];
  readonly instrumentationScope?: ReadableSpan['instrumentationScope'];
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
    // The way of most spans: it must cost next to nothing.
    if (hasOnlyAttributes(span) && isKnown(span, policy) && !callsForAction(flags, (flags & LLM) !== 0)) {
      if ((flags & LLM) === 0 || !(hasFailed(span) || (span.name !== undefined && isProse(span.name))))
        return undefined;
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
function isKnown({ name, resource, instrumentationScope }: SpanParts, policy: RedactionPolicy): boolean {
  return (
    policy.surroundings.areKnown(resource, instrumentationScope) &&
    (name === undefined || policy.names.scanned(name) === name)
  );
}

function redactParts(span: TracedSpan, flags: number, policy: RedactionPolicy): Redaction | undefined {
  const tally: Tally = { removed: 0, masked: 0, failed: 0 };
  const { name } = span;
  const llm = (flags & LLM) !== 0 || span.events.some((event) => isOfLlm(event, policy));
  const traceId = span.spanContext?.().traceId ?? '';
  if (!llm) rememberErrorsOfCalls(span, traceId, policy);
  const safeMetadata = llm ? new SafeMetadata() : undefined;
  const keys = policy.summary === 'keys' ? new Set<string>() : undefined;
  let isQuoting = false;
  const context: RedactionContext = {
    policy,
    tally,
    llm,
    contentEvent: false,
    onChange: (key, value) => {
      safeMetadata?.add(key, value);
      if (keys !== undefined && keys.size < MAX_SUMMARY_KEYS) keys.add(key);
      if (!llm) return;
      if (name !== undefined) isQuoting ||= quotesContent(name, value);
      if (errorTextKeys.has(key) && typeof value === 'string') policy.errors.remember(traceId, value);
    },
    quotes: policy.errors.has(traceId) ? (text) => policy.errors.isIn(text, traceId) : undefined,
  };

  const attributes = redactAttributes(span.attributes, flags, context);
  const status = redactStatus(span.status, context);
  const events = mapChanged(span.events, (event) => redactEvent(event, context));
  const links = mapChanged(span.links, (link) => redactEntry(link, context));
  const around = redactAround(span, context, isQuoting);
  if (llm && hasFailed(span) && !policy.errors.has(traceId)) policy.errors.remember(traceId, ANY_TEXT);
  if (isLocalRoot(span)) policy.errors.forget(traceId);
  if (tally.removed + tally.masked === 0 && isUnchanged(span, around)) return undefined;
  return {
    attributes: withSummary(attributes, span.attributes, tally, keys, safeMetadata, policy),
    status,
    events,
    links,
    ...around,
    tally,
  };
}

/**
 * Of a call whose own span did not say what went wrong: it may never end, or tell the type of the error only. An
 * exception on a span above still shows in its stack where it comes from.
 */
function rememberErrorsOfCalls({ events }: SpanParts, traceId: string, { errors }: RedactionPolicy): void {
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
  context: RedactionContext,
): Entry {
  if (entry.attributes === undefined) return entry;
  const flags = flagsOf(entry.attributes, context.policy);
  const attributes = redactAttributes(entry.attributes, flags, context);
  return attributes === entry.attributes ? entry : { ...entry, attributes };
}

/** The name of an event may be a text, too, as `span.addEvent(text)` makes it. */
function redactEvent(event: TimedEvent, context: RedactionContext): TimedEvent {
  const contentEvent = context.policy.contentEvents.has(event.name);
  const redacted = redactEntry(event, contentEvent ? { ...context, contentEvent } : context);
  const name = contentEvent ? event.name : context.policy.names.scanned(event.name);
  if (name === event.name) return redacted;
  context.tally.masked += 1;
  return { ...redacted, name };
}

function redactStatus(status: SpanStatus, context: RedactionContext): SpanStatus {
  if (!status.message) return status;
  const { keys } = context.policy;
  const flags = keys.flagsOf(STATUS_MESSAGE);
  const result: SpanStatus = { code: status.code };
  const message =
    flags & RULED
      ? applyRule(flags, status.message, STATUS_MESSAGE, context, status, result)
      : redactValue(flags, status.message, STATUS_MESSAGE, context);
  if (message === status.message) return status;
  if (typeof message === 'string') result.message = message;
  return result;
}

/** The name, the resource and the scope: those of them that the span has. */
function redactAround(span: SpanParts, { policy, tally, llm }: RedactionContext, isQuoting: boolean) {
  const { name, resource, instrumentationScope } = span;
  let redactedName = name;
  if (name !== undefined) {
    if (llm && (isQuoting || isProse(name)) && policy.isContentRemoved) {
      const replaced = policy.content.act(name, 'name');
      redactedName = typeof replaced === 'string' ? replaced : NAME_OF_CALL;
    } else redactedName = policy.names.scanned(name);
    if (redactedName !== name) tally.masked += 1;
  }
  return {
    ...(redactedName !== undefined && { name: redactedName }),
    ...(resource !== undefined && { resource: policy.surroundings.resource(resource) }),
    ...(instrumentationScope !== undefined && {
      instrumentationScope: policy.surroundings.scope(instrumentationScope),
    }),
  };
}

function isUnchanged(span: SpanParts, around: Partial<SpanParts>): boolean {
  return (
    span.name === around.name &&
    span.resource === around.resource &&
    span.instrumentationScope === around.instrumentationScope
  );
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
function withSummary(
  attributes: Attributes,
  own: Attributes,
  { removed, masked }: Tally,
  keys: ReadonlySet<string> | undefined,
  safeMetadata: SafeMetadata | undefined,
  { summary }: RedactionPolicy,
): Attributes {
  if (summary === 'none' && attributes === own) return attributes;
  const target: Record<string, unknown> = attributes === own ? { ...own } : attributes;
  safeMetadata?.writeTo(target);
  if (summary === 'none') return target as Attributes;
  // Counts of an earlier redaction are added to: what was removed then is not seen now.
  addCount(target, ATTR_LLM_REDACTION_REMOVED_COUNT, removed);
  addCount(target, ATTR_LLM_REDACTION_MASKED_COUNT, masked);
  if (keys !== undefined && keys.size > 0) {
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
  if (entries.length === 0) return entries;
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
