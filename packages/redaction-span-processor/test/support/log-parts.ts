import type { RedactionOptions } from '@llm-otel/redaction-span-processor';
import { createTraceState, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { type EmittedLogRecord, emitted, viewsOf } from './log-lines.js';

export const traceId = '1'.repeat(32);
export const inTrace = (tracestate?: string) =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: '2'.repeat(16),
    traceFlags: 1,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  });
/** As instrumentations write events that predate `eventName`. */
export const old = (name: string, body: unknown): EmittedLogRecord => ({
  body,
  attributes: { 'event.name': name, 'gen_ai.system': 'openai' },
});

/** The body and the attributes of the view, which must stay as they are when they are redacted again. */
export const redactedParts = async (given: EmittedLogRecord, options?: RedactionOptions) => {
  const record = await emitted(given);
  const [view] = viewsOf([record], options);
  if (view === undefined) throw new Error('nothing was exported');
  expect(viewsOf([view], options)[0], 'redacted again').to.equal(view);
  return { body: view.body, attributes: view.attributes };
};
export const bodyOf = async (given: EmittedLogRecord, options?: RedactionOptions) =>
  (await redactedParts(given, options)).body;
export const attributesOf = async (given: EmittedLogRecord, options?: RedactionOptions) =>
  (await redactedParts(given, options)).attributes;
