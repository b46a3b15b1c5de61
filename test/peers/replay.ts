import { type AttributeValue, context, type Span, type Tracer, trace } from '@opentelemetry/api';
import { BasicTracerProvider, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type Fixture, type FixtureSpan, RECORDED_AT } from './fixtures.js';

/**
 * Makes real spans of a recording: of the same scopes, in the same tree, started and ended in the same order,
 * with the attributes that they had at the start already there at the start.
 *
 * @param processors - see them as they would in the application
 * @returns the ended spans, as the processors have left them
 */
export function replay({ spans, lostSpans }: Fixture, ...processors: SpanProcessor[]): ReadableSpan[] {
  const ended: ReadableSpan[] = [];
  const provider = new BasicTracerProvider({ spanProcessors: [...processors, collector(ended)] });
  const open = new Map<string, Span>();
  for (const { at, span, ends } of turnsOf([...spans, ...lostSpans])) {
    if (!ends) {
      const { name, version } = span.instrumentationScope;
      open.set(
        span.spanId,
        start(provider.getTracer(name, version), span, open.get(span.parentSpanId ?? ''), at),
      );
    } else {
      const live = open.get(span.spanId);
      if (live !== undefined) end(live, span, at);
    }
  }
  return ended;
}

interface Turn {
  readonly at: number;
  readonly span: FixtureSpan;
  readonly ends: boolean;
}

function turnsOf(spans: readonly FixtureSpan[]): Turn[] {
  const turns = spans.flatMap((span): Turn[] => [
    { at: span.startedAt, span, ends: false },
    ...(span.endedAt === undefined ? [] : [{ at: span.endedAt, span, ends: true }]),
  ]);
  return turns.sort((a, b) => a.at - b.at);
}

function start(tracer: Tracer, span: FixtureSpan, parent: Span | undefined, at: number): Span {
  const { name, kind, attributes, startedWith = Object.keys(attributes) } = span;
  const parentContext = parent === undefined ? context.active() : trace.setSpan(context.active(), parent);
  const known = startedWith.filter((key) => key in attributes).map((key) => [key, attributes[key]]);
  return tracer.startSpan(
    name,
    { kind, startTime: timeOf(at), attributes: Object.fromEntries(known) },
    parentContext,
  );
}

function end(live: Span, { attributes, events, status }: FixtureSpan, at: number): void {
  for (const [key, value] of Object.entries(attributes)) live.setAttribute(key, value as AttributeValue);
  for (const event of events) live.addEvent(event.name, event.attributes as Record<string, AttributeValue>);
  live.setStatus(status);
  live.end(timeOf(at));
}

/** A millisecond a turn. */
const timeOf = (at: number): Date => new Date(RECORDED_AT.getTime() + at);

function collector(ended: ReadableSpan[]): SpanProcessor {
  return {
    onStart: () => undefined,
    onEnd: (span) => void ended.push(span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}
