import { Reporter } from '@llm-otel/common';
import { recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import { ProxyTracerProvider, type TracerProvider, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { addToProvider, registeredProvider } from '../../src/register/existing-provider.js';

const settings = { cost: { mirror: ['openlit'] }, redaction: { content: 'remove' } } as const;

for (const sdk of sdkLines)
  describe(`an already registered provider of SDK ${sdk.name}`, () => {
    it('is found, and its spans are then priced and redacted', () => {
      const spans: { attributes: object }[] = [];
      const provider = sdk.createProvider({
        spanProcessors: [
          {
            onStart: () => undefined,
            // A copy: what is taken away afterwards would look as good.
            onEnd: ({ attributes }) => void spans.push({ attributes: { ...attributes } }),
            forceFlush: async () => undefined,
            shutdown: async () => undefined,
          },
        ],
      });
      expect(registeredProvider()).to.equal(undefined);
      trace.setGlobalTracerProvider(provider);
      const tracer = trace.getTracer('before');
      try {
        const found = registeredProvider();
        expect(found).to.equal(provider);
        addToProvider(found as TracerProvider, settings, new Reporter('test'));
      } finally {
        trace.disable();
      }
      const attributes = {
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.provider.name': 'openai',
        'gen_ai.usage.input_tokens': 1500,
        'gen_ai.usage.output_tokens': 350,
        'gen_ai.input.messages': 'CANARY',
      };
      for (const each of [tracer, provider.getTracer('after')]) each.startSpan('chat', { attributes }).end();
      expect(spans).to.have.length(2);
      for (const span of spans) {
        expect(span.attributes).to.include({ 'llm.cost_usd': 0.00725, 'gen_ai.usage.cost': 0.00725 });
        expect(JSON.stringify(span.attributes)).not.to.include('CANARY');
      }
    });
  });

describe('an already registered provider', () => {
  it("is not changed if its processors can't be found, and diag says what to do", () => {
    const diag = recordDiag();
    addToProvider({ getTracer: recordingProvider().getTracer }, settings, new Reporter('test'));
    expect(diag.messages.map(({ message }) => message).join()).to.include('createLlmSpanProcessors()');
    diag.stop();
  });

  it('is found through the proxy of another copy of the API', () => {
    const proxy = new ProxyTracerProvider();
    trace.setGlobalTracerProvider(proxy);
    // As a copy leaves it: its own proxy, of which our `instanceof` knows nothing.
    const api = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1'));
    api.trace = {
      getTracer: proxy.getTracer.bind(proxy),
      getDelegate: () => proxy.getDelegate(),
      getDelegateTracer: (name: string) => proxy.getDelegateTracer(name),
    };
    try {
      expect(registeredProvider()).to.equal(undefined);
      const inner = { getTracer: recordingProvider().getTracer };
      proxy.setDelegate(inner);
      expect(registeredProvider()).to.equal(inner);
    } finally {
      trace.disable();
    }
  });
});
