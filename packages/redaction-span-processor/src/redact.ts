import {
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
} from '@llm-otel/semantic-conventions';
import type { Attributes, Link, SpanStatus } from '@opentelemetry/api';
import type { TimedEvent } from '@opentelemetry/sdk-trace-base';
import { LLM } from './key-flags.js';
import type { RedactionPolicy } from './options.js';
import {
  callsForAction,
  type RedactionContext,
  redactAttributes,
  redactValue,
  type Tally,
} from './redact-attributes.js';

/** The parts of a span that can carry content. */
export interface SpanParts {
  readonly attributes: Attributes;
  readonly events: TimedEvent[];
  readonly links: Link[];
  readonly status: SpanStatus;
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
export function redact(span: SpanParts, policy: RedactionPolicy): Redaction | undefined {
  try {
    const flags = flagsOf(span.attributes, policy);
    // The way of most spans: it must cost next to nothing.
    if (hasOnlyAttributes(span) && !callsForAction(flags, (flags & LLM) !== 0)) return undefined;
    return redactParts(span, flags, policy);
  } catch {
    return emptied(span);
  }
}

function hasOnlyAttributes({ events, links, status }: SpanParts): boolean {
  return events.length === 0 && links.length === 0 && !status.message;
}

function redactParts(span: SpanParts, flags: number, policy: RedactionPolicy): Redaction | undefined {
  const tally: Tally = { removed: 0, masked: 0, failed: 0 };
  const llm = (flags & LLM) !== 0 || span.events.some((event) => isOfLlm(event, policy));
  const context: RedactionContext = { policy, tally, llm, contentEvent: false };

  const attributes = redactAttributes(span.attributes, flags, context);
  const status = redactStatus(span.status, context);
  const events = mapChanged(span.events, (event) =>
    redactEntry(event, { ...context, contentEvent: policy.contentEvents.has(event.name) }),
  );
  const links = mapChanged(span.links, (link) => redactEntry(link, context));
  if (tally.removed + tally.masked === 0) return undefined;
  return {
    attributes: policy.summary === 'counts' ? withCounts(attributes, tally) : attributes,
    status,
    events,
    links,
    tally,
  };
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

function redactStatus(status: SpanStatus, context: RedactionContext): SpanStatus {
  if (!status.message) return status;
  const flags = context.policy.keys.flagsOf('status.message');
  const message = redactValue(flags, status.message, 'status.message', context);
  if (message === status.message) return status;
  return typeof message === 'string' ? { ...status, message } : { code: status.code };
}

/** Whether the event alone tells that its span is that of an LLM call. */
function isOfLlm(event: TimedEvent, policy: RedactionPolicy): boolean {
  if (policy.contentEvents.has(event.name)) return true;
  return event.attributes !== undefined && (flagsOf(event.attributes, policy) & LLM) !== 0;
}

/** Attributes that can't be looked through may hold anything: they have all flags. */
function flagsOf(attributes: Attributes, policy: RedactionPolicy): number {
  try {
    return policy.flags.of(attributes);
  } catch {
    return -1;
  }
}

/** Counts of an earlier redaction are added to: what was removed then is not seen now. */
function withCounts(attributes: Attributes, { removed, masked }: Tally): Attributes {
  const before = (key: string) => {
    const count = attributes[key];
    return typeof count === 'number' ? count : 0;
  };
  return {
    ...attributes,
    ...(removed > 0 && {
      [ATTR_LLM_REDACTION_REMOVED_COUNT]: before(ATTR_LLM_REDACTION_REMOVED_COUNT) + removed,
    }),
    ...(masked > 0 && {
      [ATTR_LLM_REDACTION_MASKED_COUNT]: before(ATTR_LLM_REDACTION_MASKED_COUNT) + masked,
    }),
  };
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
