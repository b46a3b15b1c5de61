import type { Attributes, Link, SpanStatus } from '@opentelemetry/api';
import type { TimedEvent } from '@opentelemetry/sdk-trace-base';
import { errorTypeKeys } from '../keys/content-rules.js';
import { CONTENT, REMOVED, RULED } from '../keys/key-flags.js';
import { isProse, NAME_OF_CALL } from '../span/span-names.js';
import { redactContext } from '../span/trace-state.js';
import { flagsOf } from './first-look.js';
import { redactAttributes } from './redact-attributes.js';
import { redactValue } from './redact-value.js';
import type { RedactionRun } from './redaction-run.js';

// Redacts the parts of a span other than its attributes: events, links, status and name.

/** Replaces the name of an event that was content, if content is removed. */
const NAME_OF_EVENT = 'event';
const STATUS_MESSAGE = 'status.message';
/** A rule or `blockKeys` say what happens to the status message. */
const DECIDED = CONTENT | REMOVED | RULED;

/** An event or a link. It may be shared with the application, so it is copied if it changes. */
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

/** A link's context may contain something too. */
export function redactLink(link: Link, run: RedactionRun): Link {
  const redacted = redactEntry(link, run, false);
  const context = run.note(redactContext(link.context, run.policy), link.context, 'tracestate');
  return context === link.context ? redacted : { ...redacted, context };
}

/** The name of an event may be a text too, with `span.addEvent(text)`. */
export function redactEvent(event: TimedEvent, run: RedactionRun): TimedEvent {
  const inContent = run.policy.contentEvents.has(event.name);
  const redacted = redactEntry(event, run, inContent);
  const name = inContent ? event.name : nameOfEvent(event.name, run);
  return run.note(name, event.name, 'event.name') === event.name ? redacted : { ...redacted, name };
}

export function nameOfEvent(name: string, { policy, llm }: RedactionRun): string {
  if (!llm || !policy.isContentRemoved || !isProse(name)) return policy.names.scanned(name);
  const replaced = policy.content.act(name, 'event.name');
  return typeof replaced === 'string' ? replaced : NAME_OF_EVENT;
}

/**
 * A message that is no more than the class of the error stays, and takes the place of one that is removed: many backends
 * show no other reason of a failure.
 *
 * @param attributes - of the span, redacted: what is not in them does not stay in the message either
 */
export function redactStatus(status: SpanStatus, attributes: Attributes, run: RedactionRun): SpanStatus {
  const flags = run.policy.keys.flagsOf(STATUS_MESSAGE);
  const isUpToPolicy = (flags & DECIDED) === 0;
  const classes = isUpToPolicy
    ? errorTypeKeys.map((key) => attributes[key]).filter((each) => isName(each, run))
    : [];
  if (classes.some((each) => each === status.message)) return status;
  const result: SpanStatus = { code: status.code };
  run.moveTo(status, result);
  const message = redactValue(flags, status.message, STATUS_MESSAGE, run) ?? classes[0];
  if (message === status.message) return status;
  if (typeof message === 'string') result.message = message;
  return result;
}

/** An application may take the error's message for its class. */
function isName(value: unknown, { policy }: RedactionRun): boolean {
  return typeof value === 'string' && value !== '' && policy.names.isFine(value, true);
}

export function redactName(name: string, run: RedactionRun): string {
  const { policy, llm } = run;
  const isContent = run.isNameContent && policy.isContentRemoved;
  if (!isContent && policy.names.isFine(name, llm && policy.isContentRemoved)) return name;
  if (!llm || !policy.isContentRemoved || !(run.isNameContent || isProse(name)))
    return run.note(policy.names.scanned(name), name, 'name');
  const replaced = policy.content.act(name, 'name');
  return run.note(typeof replaced === 'string' ? replaced : NAME_OF_CALL, name, 'name');
}
