import type { Attributes, SpanStatus } from '@opentelemetry/api';
import type { TimedEvent } from '@opentelemetry/sdk-trace-base';
import { flagsOf } from './first-look.js';
import { RULED } from './key-flags.js';
import { redactAttributes } from './redact-attributes.js';
import { applyRule, redactValue } from './redact-value.js';
import type { RedactionRun } from './redaction-run.js';
import { isProse, NAME_OF_CALL } from './span-names.js';

// What a span has beside its attributes.

const STATUS_MESSAGE = 'status.message';

/** An event or a link. They may be shared with the application: one that changes is copied. */
export function redactEntry<Entry extends { attributes?: Attributes }>(
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
export function redactEvent(event: TimedEvent, run: RedactionRun): TimedEvent {
  const inContent = run.policy.contentEvents.has(event.name);
  const redacted = redactEntry(event, run, inContent);
  const name = inContent ? event.name : run.policy.names.scanned(event.name);
  return run.note(name, event.name, 'event.name') === event.name ? redacted : { ...redacted, name };
}

export function redactStatus(status: SpanStatus, run: RedactionRun): SpanStatus {
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

export function redactName(name: string, run: RedactionRun): string {
  const { policy, llm } = run;
  const isContent = run.isNameContent && policy.isContentRemoved;
  if (!isContent && policy.names.isFine(name, llm && policy.isContentRemoved)) return name;
  if (!llm || !policy.isContentRemoved || !(run.isNameContent || isProse(name)))
    return run.note(policy.names.scanned(name), name, 'name');
  const replaced = policy.content.act(name, 'name');
  return run.note(typeof replaced === 'string' ? replaced : NAME_OF_CALL, name, 'name');
}
