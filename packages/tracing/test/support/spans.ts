import { ATTR_LLM_ERROR_TYPE, ATTR_LLM_LATENCY_MS, ATTR_LLM_TTFT_MS } from '@llm-otel/semantic-conventions';
import type { RecordingProvider } from '@llm-otel/testing';
import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { expect } from 'chai';

export type RecordedSpan = RecordingProvider['spans'][number];

/** The only span, and what holds of every span of an LLM call. */
export function onlySpan(spans: readonly RecordedSpan[]): RecordedSpan {
  expect(spans.map(({ name }) => name)).to.have.length(1);
  const [span] = spans as [RecordedSpan];
  expect(span.kind).to.equal(SpanKind.CLIENT);
  const latency = span.attributes[ATTR_LLM_LATENCY_MS] as number;
  expect(latency).to.be.greaterThan(0).and.lessThan(10_000);
  const ttft = span.attributes[ATTR_LLM_TTFT_MS];
  if (ttft !== undefined) expect(ttft).to.be.greaterThan(0).and.at.most(latency);
  return span;
}

/** Holds a span to be that of a call that went well, with exactly these attributes (times aside). */
export function expectSuccess(span: RecordedSpan, expected: Attributes): void {
  expect(withoutTimes(span.attributes)).to.deep.equal(expected);
  expect(span.status).to.deep.equal({ code: SpanStatusCode.UNSET });
}

/** Holds a span to be that of a failed call: the class of the error three times, and its message once. */
export function expectFailure(span: RecordedSpan, type: string, expected: Attributes): void {
  expect(withoutTimes(span.attributes)).to.deep.equal({
    ...expected,
    [ATTR_LLM_ERROR_TYPE]: type,
    [ATTR_ERROR_TYPE]: type,
  });
  expect(span.status).to.deep.equal({ code: SpanStatusCode.ERROR, message: type });
  expect(span.events.map(({ name }) => name)).not.to.include('exception');
}

function withoutTimes(attributes: Attributes): Attributes {
  const { [ATTR_LLM_LATENCY_MS]: _, [ATTR_LLM_TTFT_MS]: __, ...rest } = attributes;
  return rest;
}
