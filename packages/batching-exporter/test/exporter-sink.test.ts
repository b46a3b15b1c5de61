import {
  FakeSpanExporter,
  installContextManager,
  type RecordingProvider,
  recordDiag,
  recordingProvider,
} from '@llm-otel/testing';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import type { SendResult } from '../src/core/sink.js';
import type { ExportCallback } from '../src/export-result.js';
import { ExporterSink } from '../src/exporter-sink.js';
import { fakeTimers, idOf, makeSpans } from './support.js';

const TIMEOUT_MILLIS = 1_000;
const sinkOf = (exporter: SpanExporter) => new ExporterSink('Example', exporter, TIMEOUT_MILLIS);

function exporterOf(doExport: (spans: ReadableSpan[], answer: ExportCallback) => unknown): SpanExporter {
  return { export: doExport, shutdown: async () => undefined };
}

function statusOf(exporter: SpanExporter, spans = makeSpans(2)): Promise<SendResult['status']> {
  return sinkOf(exporter)
    .send(spans)
    .then(({ status }) => status);
}

describe('ExporterSink', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeTimers();
  });
  afterEach(() => clock.restore());

  it('hands the spans themselves to the exporter', async () => {
    const exporter = new FakeSpanExporter();
    const spans = makeSpans(3);
    expect(await statusOf(exporter, spans)).to.equal('delivered');
    expect(exporter.batches).to.deep.equal([spans]);
  });

  it('takes a failure without an error as one to retry', async () => {
    expect(await statusOf(new FakeSpanExporter({ export: 'fail' }))).to.equal('retry');
  });

  it('takes an answer that is none as one to retry', async () => {
    const answerNothing = exporterOf((_spans, answer) => Reflect.apply(answer, undefined, []));
    expect(await statusOf(answerNothing)).to.equal('retry');
  });

  it('splits when the exporter throws', async () => {
    expect(await statusOf(new FakeSpanExporter({ export: 'throw' }))).to.equal('split');
  });

  it('splits when an async export rejects, and leaves no rejection unhandled', async () => {
    const exporter = exporterOf(async () => {
      throw new Error('async');
    });
    expect(await statusOf(exporter)).to.equal('split');
  });

  it('believes the first of several answers and reports the exporter once', async () => {
    const recorder = recordDiag();
    const exporter = exporterOf((_spans, answer) => {
      answer({ code: 0 });
      answer({ code: 1 });
      answer({ code: 1 });
    });
    expect(await statusOf(exporter)).to.equal('delivered');
    expect(recorder.messages.map(({ message }) => message)).to.deep.equal([
      'Example: the wrapped exporter called back more than once for one export; only the first answer counts',
    ]);
    recorder.stop();
  });

  it('believes an answer given before a throw', async () => {
    const exporter = exporterOf((_spans, answer) => {
      answer({ code: 0 });
      throw new Error('after the answer');
    });
    expect(await statusOf(exporter)).to.equal('delivered');
  });

  it('gives up waiting at the deadline', async () => {
    const result = sinkOf(new FakeSpanExporter({ export: 'never' })).send(makeSpans(1));
    await clock.tickAsync(TIMEOUT_MILLIS);
    expect(await result).to.include({ status: 'retry', problem: 'no answer within 1000 ms' });
  });

  it('does not send a batch again whose delivery is confirmed after the deadline', async () => {
    const exporter = new FakeSpanExporter();
    exporter.behave('hold');
    const sink = sinkOf(exporter);
    const spans = makeSpans(2);
    const first = sink.send(spans);
    await clock.tickAsync(TIMEOUT_MILLIS);
    expect((await first).status).to.equal('retry');
    exporter.release();
    expect((await sink.send(spans)).status).to.equal('delivered');
    expect(exporter.batches).to.have.length(1);
  });

  it('counts a batch as delivered if that is confirmed while a later attempt fails', async () => {
    const exporter = new FakeSpanExporter();
    exporter.behave('hold', 'never');
    const sink = sinkOf(exporter);
    const spans = makeSpans(2);
    const first = sink.send(spans);
    await clock.tickAsync(TIMEOUT_MILLIS);
    await first;
    const second = sink.send(spans);
    await clock.tickAsync(TIMEOUT_MILLIS / 2);
    exporter.release();
    await clock.tickAsync(TIMEOUT_MILLIS / 2);
    expect((await second).status).to.equal('delivered');
  });

  it('gives a second attempt all spans, even if the first emptied the array it got', async () => {
    const counts: number[] = [];
    const exporter = exporterOf((spans, answer) => {
      counts.push(spans.splice(0).length);
      answer({ code: 1 });
    });
    const sink = sinkOf(exporter);
    const spans = makeSpans(3);
    await sink.send(spans);
    await sink.send(spans);
    expect(counts).to.deep.equal([3, 3]);
  });

  it('waits for the attributes of a resource that are still being found out', async () => {
    const resource = resourceFromAttributes({
      'host.id': new Promise((resolve) => setTimeout(resolve, 100, 'a1')),
    });
    const [span] = makeSpans(1);
    const seen: unknown[] = [];
    const exporter = exporterOf(([given], answer) => {
      seen.push(given?.resource.attributes);
      answer({ code: 0 });
    });
    const pending: ReadableSpan = Object.create(span ?? null, { resource: { value: resource } });
    const result = sinkOf(exporter).send([pending]);
    await clock.tickAsync(50);
    expect(seen).to.deep.equal([]);
    await clock.tickAsync(50);
    expect((await result).status).to.equal('delivered');
    expect(seen).to.deep.equal([{ 'host.id': 'a1' }]);
  });

  it('refuses what lacks that without which nothing can be exported or stored', () => {
    const sink = sinkOf(new FakeSpanExporter());
    const [span] = makeSpans(1);
    if (span === undefined) throw new Error('no span');
    expect(sink.prepare(span, 7)).to.deep.equal({ item: span, bytes: 7 });
    for (const broken of [
      { spanContext: { value: () => undefined } },
      { spanContext: { value: undefined } },
      { resource: { value: undefined } },
      { links: { value: [{}] } },
    ])
      expect(sink.prepare(Object.create(span, broken), 7)).to.deep.equal({ refused: 'invalid_span' });
  });

  it('contains a shutdown that rejects or throws, and lets forceFlush tell', async () => {
    const recorder = recordDiag();
    for (const behaviour of ['fail', 'throw'] as const) {
      const sink = sinkOf(new FakeSpanExporter({ shutdown: behaviour, forceFlush: behaviour }));
      await sink.shutdown();
      expect(await sink.forceFlush().catch((error: Error) => error.message)).to.contain('as told');
    }
    recorder.stop();
  });

  it('does without a forceFlush of the exporter', async () => {
    await sinkOf(exporterOf(() => undefined)).forceFlush();
  });
});

describe('ExporterSink, in a traced application', () => {
  let uninstall: () => void;
  let application: RecordingProvider;
  beforeEach(() => {
    uninstall = installContextManager();
    application = recordingProvider();
  });
  afterEach(() => uninstall());

  it('has nothing traced that the exporter does', async () => {
    const request = () => application.tracer.startSpan('POST /v1/traces').end();
    const exporter: SpanExporter = {
      export: (spans, answer) => {
        request();
        setTimeout(() => {
          request();
          answer({ code: 0 });
        }, 1);
        expect(spans.map(idOf)).to.have.length(1);
      },
      forceFlush: async () => request(),
      shutdown: async () => request(),
    };
    const sink = sinkOf(exporter);
    expect((await sink.send(makeSpans(1))).status).to.equal('delivered');
    await sink.forceFlush();
    await sink.shutdown();
    expect(application.spans).to.have.length(0);
    request();
    expect(application.spans).to.have.length(1);
  });
});
