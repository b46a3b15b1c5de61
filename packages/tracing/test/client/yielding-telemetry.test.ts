import Anthropic from '@anthropic-ai/sdk';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { isSpanContextValid, propagation, type TextMapPropagator, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { wrapAnthropic } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

/** Like W3C trace context together with baggage, which is there with or without a span. */
const propagator: TextMapPropagator = {
  inject(context, carrier, setter) {
    const span = trace.getSpanContext(context);
    if (span !== undefined && isSpanContextValid(span))
      setter.set(carrier, 'traceparent', `00-${span.traceId}-${span.spanId}-01`);
    if (baggage !== undefined) setter.set(carrier, 'baggage', baggage);
  },
  extract: (context) => context,
  fields: () => ['traceparent', 'baggage'],
};
let baggage: string | undefined;
const request = {
  model: 'claude-opus-4-1',
  max_tokens: 10,
  messages: [{ role: 'user' as const, content: 'question' }],
};
type Options = ConstructorParameters<typeof Anthropic>[0];

describe('an Anthropic client that traces its calls itself', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let unregister: () => void;
  beforeEach(async () => {
    baggage = undefined;
    fake = await startFakeProvider();
    provider = recordingProvider();
    unregister = provider.register();
    propagation.setGlobalPropagator(propagator);
  });
  afterEach(async () => {
    propagation.disable();
    unregister();
    await fake.close();
  });
  const anthropic = (options?: Options) =>
    new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl, ...options });
  const scopes = () => provider.spans.map(({ instrumentationScope }) => instrumentationScope.name);
  const sentHeader = () => fake.requests[0]?.headers.traceparent;
  const headerOf = (span: RecordingProvider['spans'][number] | undefined) =>
    `00-${span?.spanContext().traceId}-${span?.spanContext().spanId}-01`;

  it('creates one span for a call without wrapping', async () => {
    await anthropic().messages.create(request);
    expect(scopes()).to.deep.equal(['com.anthropic.sdk.typescript']);
    expect(sentHeader()).to.equal(headerOf(provider.spans[0]));
  });

  const calls: Record<string, (client: Anthropic) => Promise<unknown>> = {
    'messages.create': (client) => client.messages.create(request),
    'messages.create, streamed': async (client) => {
      for await (const _ of await client.messages.create({ ...request, stream: true }));
    },
    'messages.stream': (client) => client.messages.stream(request).finalMessage(),
    'beta.messages.create': (client) => client.beta.messages.create(request),
    'beta.messages.stream': (client) => client.beta.messages.stream(request).finalMessage(),
  };
  for (const [name, call] of Object.entries(calls)) {
    it(`${name}: the only span is ours, and its context is propagated with the request`, async () => {
      await call(wrapAnthropic(anthropic()));
      expect(scopes()).to.deep.equal(['@llm-otel/tracing']);
      expect(sentHeader()).to.equal(headerOf(provider.spans[0]));
    });

    it(`${name}: baggage is propagated with the request`, async () => {
      baggage = 'tenant=1';
      await call(wrapAnthropic(anthropic()));
      expect(scopes()).to.deep.equal(['@llm-otel/tracing']);
      expect(fake.requests[0]?.headers).to.include({ baggage, traceparent: headerOf(provider.spans[0]) });
    });

    it(`${name}: no context is propagated if the application has turned that off`, async () => {
      await call(wrapAnthropic(anthropic({ openTelemetry: { propagation: false } })));
      expect(scopes()).to.deep.equal(['@llm-otel/tracing']);
      expect(sentHeader()).to.equal(undefined);
    });
  }

  for (const [name, call] of Object.entries(calls))
    it(`${name}: our span has the attributes of the client's, and our outcome`, async () => {
      await call(anthropic());
      const own = provider.spans[0]?.attributes ?? {};
      provider.spans.length = 0;
      await call(wrapAnthropic(anthropic()));
      const { attributes } = onlySpan(provider.spans);
      expect(Object.keys(own)).to.include.members(['anthropic.request.id', 'gen_ai.response.id']);
      expect(attributes).to.include.all.keys(Object.keys(own));
      expect(attributes).to.include({
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': request.model,
        'llm.model': request.model,
        'llm.tokens.total': 28,
      });
    });

  it('has the provider that the application names', async () => {
    const named = wrapAnthropic(anthropic(), { provider: 'my-gateway', conventions: ['llm', 'gen_ai'] });
    await named.messages.create(request);
    const names = { 'llm.provider': 'my-gateway', 'gen_ai.provider.name': 'my-gateway' };
    expect(onlySpan(provider.spans).attributes).to.include({
      'anthropic.request.id': 'req_000001',
      ...names,
    });
  });

  it('has our class of an error, and the status from the client', async () => {
    fake.enqueue({ error: { status: 400 } });
    await wrapAnthropic(anthropic())
      .messages.create(request)
      .catch(() => undefined);
    const { attributes, status } = onlySpan(provider.spans);
    expect(attributes).to.include({
      'error.type': 'invalid_request',
      'http.response.status_code': 400,
      'anthropic.request.id': 'req_000001',
    });
    expect(status.message).to.equal('invalid_request');
  });

  it("ends one span, with the client's attributes, if the application leaves a stream", async () => {
    for await (const _ of await wrapAnthropic(anthropic()).messages.create({ ...request, stream: true }))
      break;
    expect(onlySpan(provider.spans).attributes).to.include({
      'llm.chunks': 1,
      'anthropic.request.id': 'req_000001',
    });
  });

  it("creates one span if the client's own tracing is off", async () => {
    await wrapAnthropic(anthropic({ openTelemetry: false })).messages.create(request);
    expect(scopes()).to.deep.equal(['@llm-otel/tracing']);
    expect(sentHeader()).to.equal(undefined);
  });

  it('creates one span for a copy of the wrapped client, with or without its own telemetry options', async () => {
    const wrapped = wrapAnthropic(anthropic());
    const copies = [
      wrapped.withOptions({ timeout: 5000 }),
      wrapped.withOptions({ openTelemetry: { traces: { contentMode: 'content' } } }),
      wrapped.withOptions({ openTelemetry: { ...wrapped.openTelemetry, propagation: false } }),
    ];
    for (const copy of copies) await copy.messages.create(request);
    expect(scopes()).to.deep.equal(Array(3).fill('@llm-otel/tracing'));
    expect(fake.requests.map(({ headers }) => 'traceparent' in headers)).to.deep.equal([true, true, false]);
  });

  it("still creates the client's spans of other calls, with the provider that it was given", async () => {
    const own = recordingProvider();
    const tracerProvider = { getTracer: own.getTracer };
    for (const options of [{}, { openTelemetry: { tracerProvider } }])
      await wrapAnthropic(anthropic({ ...options, maxRetries: 0 }))
        .messages.countTokens(request)
        .catch(() => undefined);
    for (const { spans } of [provider, own])
      expect(spans.map(({ name }) => name)).to.deep.equal(['anthropic.messages.count_tokens']);
  });
});
