import { FakeSpanExporter, recordingProvider, sdkLines } from '@llm-otel/testing';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import {
  BatchingSpanExporter,
  createLlmSpanProcessors,
  LlmCostSpanProcessor,
  LlmRedactionSpanProcessor,
} from '../src/index.js';

const attributes = {
  'llm.model': 'claude-3-opus-20240229',
  'llm.provider': 'anthropic',
  'llm.tokens.input': 1500,
  'llm.tokens.output': 350,
  'llm.prompt': 'CANARY',
};

describe('createLlmSpanProcessors', () => {
  it('creates only the cost and redaction processors without an exporter', () => {
    const [cost, redaction, ...rest] = createLlmSpanProcessors();
    expect(cost).to.be.instanceOf(LlmCostSpanProcessor);
    expect(redaction).to.be.instanceOf(LlmRedactionSpanProcessor);
    expect(rest).to.deep.equal([]);
  });

  it('treats undefined as not given', () => {
    const options = { exporter: undefined, cost: undefined, redaction: undefined, batching: undefined };
    expect(createLlmSpanProcessors(options)).to.have.length(2);
  });

  it('omits what is false', () => {
    expect(createLlmSpanProcessors({ cost: false, redaction: false })).to.deep.equal([]);
  });

  for (const sdk of sdkLines) {
    it(`prices, strips and ships a span on SDK ${sdk.name}`, async () => {
      const exporter = new FakeSpanExporter();
      const { tracer, shutdown } = recordingProvider(createLlmSpanProcessors({ exporter }), { sdk });
      tracer.startSpan('chat', { attributes }).end();
      await shutdown();
      expect(exporter.spans).to.have.length(1);
      expect(exporter.spans[0]?.attributes).to.include({ 'llm.cost_usd': 0.04875, 'llm.tokens.input': 1500 });
      expect(exporter.spans[0]?.attributes).not.to.have.property('llm.prompt');
      expect(exporter.shutdownCalls).to.equal(1);
    });
  }

  for (const sdk of sdkLines)
    it(`keeps errors around a failed call that are not the call's, on SDK ${sdk.name}`, async () => {
      const exporter = new FakeSpanExporter();
      const { tracer, shutdown } = recordingProvider(createLlmSpanProcessors({ exporter }), { sdk });
      const job = tracer.startSpan('job');
      const request = tracer.startSpan('request', {}, trace.setSpan(ROOT_CONTEXT, job));
      const call = tracer.startSpan('chat', { attributes }, trace.setSpan(ROOT_CONTEXT, request));
      call.recordException(new Error('400: your prompt was CANARY'));
      call.setStatus({ code: SpanStatusCode.ERROR, message: '400: your prompt was CANARY' });
      call.end();
      request.recordException(new Error('no such table'));
      request.recordException(new Error('400: your prompt was CANARY'));
      request.setStatus({ code: SpanStatusCode.ERROR, message: 'no such table' });
      request.end();
      job.end();
      await shutdown();
      expect(exporter.spans.map(({ name }) => name)).to.deep.equal(['chat', 'request', 'job']);
      const [chat, parent] = exporter.spans;
      expect(parent?.status.message).to.equal('no such table');
      expect(parent?.events.map((event) => event.attributes?.['exception.message'])).to.deep.equal([
        'no such table',
        undefined,
      ]);
      expect(JSON.stringify([chat?.events, chat?.status, parent?.events])).not.to.include('CANARY');
    });

  for (const wrapped of [false, true]) {
    it(`removes what a later processor adds (${wrapped ? 'a BatchingSpanExporter' : 'a plain exporter'})`, async () => {
      const exporter = new FakeSpanExporter();
      const leaky: SpanProcessor = {
        onStart: () => {},
        onEnding: (span) => void span.setAttribute('gen_ai.input.messages', 'CANARY'),
        onEnd: () => {},
        forceFlush: async () => {},
        shutdown: async () => {},
      };
      const destination = wrapped ? new BatchingSpanExporter(exporter) : exporter;
      const ours = createLlmSpanProcessors({ exporter: destination });
      const { tracer, shutdown } = recordingProvider([...ours, leaky]);
      tracer.startSpan('chat', { attributes }).end();
      await shutdown();
      expect(exporter.spans).to.have.length(1);
      expect(JSON.stringify(exporter.spans[0]?.attributes)).not.to.include('CANARY');
    });
  }

  it('uses a BatchingSpanExporter as it is, so that its ledger can be read', async () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter());
    const { tracer, shutdown } = recordingProvider(createLlmSpanProcessors({ exporter }));
    tracer.startSpan('a').end();
    await shutdown();
    expect(exporter.stats()).to.include({ accepted: 1, exported: 1 });
  });

  it('loses only the span of a batch on which the exporter throws', async () => {
    const exporter = new FakeSpanExporter();
    const fragile: SpanExporter = {
      export: (spans, callback) => {
        if (spans.some(({ name }) => name === 'poison')) throw new Error('as told');
        exporter.export(spans, callback);
      },
      shutdown: () => exporter.shutdown(),
    };
    const { tracer, forceFlush, shutdown } = recordingProvider(
      createLlmSpanProcessors({ exporter: fragile }),
    );
    for (const name of ['a', 'b', 'poison', 'c']) tracer.startSpan(name).end();
    await forceFlush().catch(() => undefined);
    expect(exporter.spans.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c']);
    await shutdown();
  });

  it('handles the rejection of an exporter whose export() is async', async () => {
    const rejecting: SpanExporter = {
      export: async () => {
        throw new Error('as told');
      },
      shutdown: async () => undefined,
    };
    const { tracer, forceFlush, shutdown } = recordingProvider(
      createLlmSpanProcessors({ exporter: rejecting }),
    );
    tracer.startSpan('a').end();
    const errors = await forceFlush().then(
      () => [],
      (error: unknown) => [error].flat(),
    );
    expect(`${errors}`).to.contain('1 of 1 spans were not delivered (1 rejected).');
    await shutdown();
  });

  it('passes on options', async () => {
    const exporter = new FakeSpanExporter();
    const processors = createLlmSpanProcessors({
      exporter,
      cost: { overrides: [{ model: 'in-house', inputPerMTok: 1, outputPerMTok: 2 }] },
      redaction: { content: 'mask' },
      batching: { batch: { maxSpans: 1 } },
    });
    const { tracer, shutdown } = recordingProvider(processors);
    for (let i = 0; i < 3; i++)
      tracer.startSpan('chat', { attributes: { ...attributes, 'llm.model': 'in-house' } }).end();
    await shutdown();
    expect(exporter.batches.map((batch) => batch.length)).to.deep.equal([1, 1, 1]);
    expect(exporter.spans[0]?.attributes).to.include({ 'llm.cost_usd': 0.0022, 'llm.prompt': '[REDACTED]' });
  });

  describe('refuses', () => {
    const exporter = new FakeSpanExporter();
    for (const [options, message] of [
      [
        exporter,
        'expected an options object, got an object of class FakeSpanExporter. The options are: exporter',
      ],
      [new BatchingSpanExporter(exporter), 'got an object of class BatchingSpanExporter'],
      [{ exporters: [] }, 'createLlmSpanProcessors: unknown option "exporters"'],
      [{ exporter: {} }, 'option "exporter" must be a SpanExporter, got an object of class Object'],
      [{ cost: true }, 'option "cost" must be an options object or false, got true (boolean)'],
      [{ cost: { unknownmodel: 'omit' } }, 'unknown option "unknownmodel". Did you mean "unknownModel"?'],
      [{ batching: false, exporter }, 'option "batching" must be an object, got false (boolean)'],
      [{ batching: {} }, 'option "batching" needs the option "exporter"'],
      [{ batching: {}, exporter: new BatchingSpanExporter(exporter) }, 'already batches'],
    ] as const) {
      it(message, () => {
        expect(() => createLlmSpanProcessors(options as object)).to.throw(TypeError, message);
      });
    }
  });
});
