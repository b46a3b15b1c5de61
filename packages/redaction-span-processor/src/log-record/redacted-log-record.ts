import type { Reporter } from '@llm-otel/common';
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { ALLOWED, CONTENT, KEPT, LLM, REMOVED, RULED } from '../keys/key-flags.js';
import { UNCUT, withCutLength } from '../patterns/cut-length.js';
import type { RedactionPolicy } from '../policy/policy.js';
import { flagsOf, UNREADABLE } from '../redact/first-look.js';
import { rememberErrorsOfCalls } from '../redact/redact.js';
import { redactAttributes } from '../redact/redact-attributes.js';
import { nameOfEvent } from '../redact/redact-other-parts.js';
import { isPlain, redactValue } from '../redact/redact-value.js';
import { RedactionRun } from '../redact/redaction-run.js';
import { withSummary } from '../redact/summary.js';
import { UNREADABLE_VALUE } from '../span/redacted-span.js';
import { redactContext } from '../span/trace-state.js';
import { valueLimitOf } from '../span/value-limit.js';
import type { LogRecord } from './log-record.js';
import { LogRecordView } from './log-record-view.js';

const BODY = 'body';
/** A rule or a list says what happens to the body as a whole. */
const DECIDED = ALLOWED | CONTENT | KEPT | REMOVED | RULED;
/** In place of the id of a trace; what is remembered under it is forgotten with the record. */
const NO_TRACE = '';

/**
 * Never throws, and does not change the log record.
 *
 * @returns the log record itself if it has no content, else a view of it; `undefined` if it can't be read
 */
export function redactedLogRecord(
  record: LogRecord,
  policy: RedactionPolicy,
  reporter: Reporter,
): LogRecord | undefined {
  try {
    return withCutLength(valueLimitOf(record), viewOf, record, policy, reporter);
  } catch (error) {
    reporter.errorOnce('a log record could not be read and was not exported', error);
    return undefined;
  } finally {
    policy.errors.forget(NO_TRACE);
  }
}

function viewOf(record: LogRecord, policy: RedactionPolicy, reporter: Reporter): LogRecord {
  const attributes = record.attributes as Attributes;
  const traceId = record.spanContext?.traceId ?? NO_TRACE;
  const look = firstLook(record, traceId, policy);
  const isOfCall = look.isContentEvent || ((look.flags | look.bodyFlags) & LLM) !== 0;
  const view = new LogRecordView(record);
  let run = new RedactionRun(policy, isOfCall, undefined, traceId);
  redactParts(record, look, view, run);
  // A map has revealed an LLM call: what was looked at before the map may quote its content.
  if (run.nestsCall && !isOfCall) {
    run = new RedactionRun(policy, true, undefined, traceId);
    redactParts(record, look, view, run);
  }
  if (!run.hasChanges)
    return view.resource === record.resource && view.instrumentationScope === record.instrumentationScope
      ? record
      : view;
  view.attributes = withSummary(view.attributes, attributes, run);
  if (run.failed > 0) reporter.warnOnce(UNREADABLE_VALUE);
  policy.metrics?.recordLogRecord(run.tally);
  return view;
}

/** What is known of a log record before anything is redacted. */
interface FirstLook {
  readonly isContentEvent: boolean;
  /** The combined flags of its attributes, and of a body that is a map. */
  readonly flags: number;
  readonly bodyFlags: number;
}

function firstLook(record: LogRecord, traceId: string, policy: RedactionPolicy): FirstLook {
  const attributes = record.attributes as Attributes;
  const { body } = record;
  try {
    rememberErrorsOfCalls([{ attributes }], traceId, policy);
    return {
      isContentEvent: isContentEvent(record.eventName, attributes, policy),
      flags: flagsOf(attributes, policy),
      bodyFlags: isMap(body) ? withCutLength(UNCUT, flagsOf, body, policy) : 0,
    };
  } catch {
    // What can't be read may be anything.
    return { isContentEvent: policy.isContentRemoved, flags: UNREADABLE, bodyFlags: UNREADABLE };
  }
}

function isContentEvent(
  eventName: string | undefined,
  attributes: Attributes,
  { contentEvents }: RedactionPolicy,
): boolean {
  // Lines without `eventName`, and instrumentations that are older than it, have the attribute; some records have both.
  return [eventName, attributes['event.name']].some(
    (name) => typeof name === 'string' && contentEvents.has(name),
  );
}

/** Log records and spans have the same resources and scopes. */
type SharedByAll = Pick<ReadableSpan, 'resource' | 'instrumentationScope'>;

/** Writes the redacted parts to the view. */
function redactParts(record: LogRecord, look: FirstLook, view: LogRecordView, run: RedactionRun): void {
  const { policy } = run;
  const { severityText, eventName, spanContext } = record;
  const attributes = redactAttributes(record.attributes as Attributes, look.flags, run, look.isContentEvent);
  const isStillContentEvent = look.isContentEvent && isContentEvent(eventName, attributes, policy);
  view.attributes = look.isContentEvent && !isStillContentEvent ? asAnyOther(attributes, run) : attributes;
  view.body = withCutLength(UNCUT, redactBody, record, look.bodyFlags, isStillContentEvent, view, run);
  if (severityText !== undefined)
    view.severityText = run.note(policy.names.scanned(severityText), severityText, 'severity_text');
  if (eventName !== undefined && !policy.contentEvents.has(eventName))
    view.eventName = run.note(nameOfEvent(eventName, run), eventName, 'event.name');
  if (spanContext !== undefined)
    view.spanContext = run.note(redactContext(spanContext, policy), spanContext, 'tracestate');
  const { resource, instrumentationScope } = record as SharedByAll;
  view.resource = policy.sharedParts.resource(resource) ?? resource;
  view.instrumentationScope = policy.sharedParts.scope(instrumentationScope) ?? instrumentationScope;
}

/**
 * What stays of attributes that were in content must also stay when they are redacted again, and nothing shows any longer
 * where they were.
 */
function asAnyOther(attributes: Attributes, run: RedactionRun): Attributes {
  return redactAttributes(attributes, flagsOf(attributes, run.policy), run);
}

/**
 * Of a map, each key is treated like an attribute, in that of an LLM call like one of an event that carries content. Any
 * other body is an attribute of its own.
 */
function redactBody(
  record: LogRecord,
  bodyFlags: number,
  isStillContentEvent: boolean,
  view: LogRecordView,
  run: RedactionRun,
): unknown {
  const { body } = record;
  if (body === undefined || body === null) return body;
  const { keys, isContentRemoved } = run.policy;
  const flags = keys.flagsOf(BODY);
  if (isMap(body) && (flags & DECIDED) === 0) {
    const kept = redactAttributes(body, bodyFlags, run, run.llm && isContentRemoved);
    return run.llm && !isStillContentEvent ? asAnyOther(kept, run) : kept;
  }
  run.moveTo(record, view);
  try {
    return redactValue(flags, body, BODY, run);
  } catch {
    run.noteFailure(BODY);
    return undefined;
  }
}

function isMap(body: unknown): body is Attributes {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && isPlain(body);
}
