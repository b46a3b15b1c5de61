import { LlmRedactionSpanProcessor, type RedactionOptions } from '@llm-otel/redaction-span-processor';
import { startOtlpReceiver } from '@llm-otel/testing';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { ALLOW_ALL_BAGGAGE_KEYS, BaggageSpanProcessor } from '@opentelemetry/baggage-span-processor';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, SimpleSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

const baggage = {
  'gen_ai.prompt': 'CanaryPrompt',
  'GEN_AI.Input.Messages': 'CanaryMessages',
  'llm.response': 'CanaryResponse',
  'baggage.question': 'CanaryQuestion',
  'traceloop.entity.input': 'CanaryInput',
  'app.note': 'from canary@example.com',
  'user.id': 'u-1',
  'session.id': 's-1',
  'app.tenant': 'acme',
};

/** The attributes that the stock OTLP exporter sends for a request with baggage and for a call below it. */
async function sent(...processors: SpanProcessor[]): Promise<Record<string, unknown>[]> {
  const receiver = await startOtlpReceiver();
  const exporter = new SimpleSpanProcessor(new OTLPTraceExporter({ url: receiver.url }));
  const provider = new BasicTracerProvider({ spanProcessors: [...processors, exporter] });
  const entries = Object.entries(baggage).map(([key, value]) => [key, { value }] as const);
  const context = propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage(Object.fromEntries(entries)),
  );
  const tracer = provider.getTracer('app');
  tracer.startSpan('GET /', {}, context).end();
  tracer.startSpan('chat', { attributes: { 'gen_ai.request.model': 'gpt-4o' } }, context).end();
  await provider.forceFlush();
  await provider.shutdown();
  await receiver.close();
  return receiver.spans.map(({ attributes }) => ({ ...attributes }));
}

/** The safe metadata in place of the response. */
const length = { 'llm.response.length': baggage['llm.response'].length };

const copying = () => new BaggageSpanProcessor(ALLOW_ALL_BAGGAGE_KEYS);
const redacting = (options?: RedactionOptions) => new LlmRedactionSpanProcessor(options);

describe('baggage that the BaggageSpanProcessor copies into attributes', () => {
  it('arrives unchanged without redaction', async () => {
    const [request, call] = await sent(copying());
    expect(request).to.deep.equal(baggage);
    expect(call).to.deep.include(baggage);
  });

  for (const [order, processors] of Object.entries({
    before: (options?: RedactionOptions) => [copying(), redacting(options)],
    after: (options?: RedactionOptions) => [redacting(options), copying()],
  }))
    describe(`registered ${order} redaction`, () => {
      it('is removed if its key is content; identifiers and the rest stay, scanned for patterns', async () => {
        const [request, call] = await sent(...processors());
        expect(request).to.deep.equal({
          'app.note': 'from [REDACTED]',
          'user.id': 'u-1',
          'session.id': 's-1',
          'app.tenant': 'acme',
          ...length,
        });
        expect(call).to.deep.include(request);
        expect(JSON.stringify([request, call])).to.not.match(/canary/i);
      });

      it("is hashed or removed by preset: 'strict' if it is an identifier", async () => {
        const [hashed] = await sent(...processors({ preset: 'strict', hmacKey: 'key' }));
        expect(hashed?.['user.id']).to.match(/^hmac-sha256:/);
        expect(hashed?.['session.id']).to.match(/^hmac-sha256:/);
        const [removed] = await sent(...processors({ preset: 'strict' }));
        expect(removed).to.deep.equal({ 'app.note': 'from [REDACTED]', 'app.tenant': 'acme', ...length });
      });
    });
});
