import { FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import { diag } from '@opentelemetry/api';
import { expect } from 'chai';
import { BatchingSpanExporter } from '../../src/index.js';
import { estimateSpanBytes } from '../../src/span-size.js';
import { handOver, idOf, makeSpans, summary } from '../support.js';

describe('BatchingSpanExporter, export', () => {
  let diagnostics: ReturnType<typeof recordDiag>;
  beforeEach(() => {
    diagnostics = recordDiag();
  });
  afterEach(() => diagnostics.stop());

  it('answers success at once, without having touched the wrapped exporter', () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch: { maxSpans: 1 } });
    const answers: unknown[] = [];
    exporter.export(makeSpans(3), (result) => answers.push(result));
    expect(answers).to.deep.equal([{ code: 0 }]);
    expect(inner.batches).to.deep.equal([]);
    expect(summary(exporter)).to.deep.equal({
      accepted: 3,
      exported: 0,
      queued: 3,
      inFlight: 0,
      dropped: {},
    });
  });

  it('drops what comes when the queue has all the spans it may have', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { queue: { maxSpans: 10 } });
    const spans = makeSpans(15);
    handOver(exporter, spans);
    expect(summary(exporter)).to.deep.include({ accepted: 15, queued: 10, dropped: { queue_full: 5 } });
    await exporter.forceFlush();
    expect(inner.delivered.map(idOf)).to.deep.equal(spans.slice(0, 10).map(idOf));
  });

  it('drops the oldest instead if told so', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { queue: { maxSpans: 10, overflow: 'drop-oldest' } });
    const spans = makeSpans(15);
    handOver(exporter, spans);
    expect(summary(exporter)).to.deep.include({ accepted: 15, queued: 10, dropped: { queue_full: 5 } });
    await exporter.forceFlush();
    expect(inner.delivered.map(idOf)).to.deep.equal(spans.slice(5).map(idOf));
  });

  for (const [overflow, kept] of [
    ['drop-newest', 3],
    ['drop-oldest', 2],
  ] as const)
    it(`holds the queue to its bytes with ${overflow}`, () => {
      const small = makeSpans(3);
      const [large] = makeSpans(1, 'x'.repeat(1_000));
      if (small[0] === undefined || large === undefined) throw new Error('no spans');
      const maxBytes = estimateSpanBytes(large) + 2 * estimateSpanBytes(small[0]) - 1;
      const exporter = new BatchingSpanExporter(new FakeSpanExporter(), { queue: { maxBytes, overflow } });
      handOver(exporter, [...small, large]);
      expect(summary(exporter)).to.deep.include({ queued: kept, dropped: { queue_full: 4 - kept } });
    });

  it('keeps a span larger than the whole queue without its content, and drops nothing for it', () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter(), {
      queue: { maxBytes: 5_000, overflow: 'drop-oldest' },
    });
    handOver(exporter, [...makeSpans(3), ...makeSpans(1, 'x'.repeat(5_000))]);
    expect(summary(exporter)).to.deep.include({ queued: 4, dropped: {} });
  });

  it('drops a span that is too large even without its content, but nothing else for it', () => {
    const [small] = makeSpans(1);
    if (small === undefined) throw new Error('no spans');
    const maxBytes = estimateSpanBytes(small) + 1;
    const exporter = new BatchingSpanExporter(new FakeSpanExporter(), {
      queue: { maxBytes, overflow: 'drop-oldest' },
    });
    handOver(exporter, [small, ...makeSpans(1, 'x'.repeat(5_000))]);
    expect(summary(exporter)).to.deep.include({ queued: 1, dropped: { span_too_large: 1 } });
  });

  it('counts what is no span and takes the rest', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner);
    const hostile = {
      ...makeSpans(1)[0],
      get attributes() {
        throw new Error('hostile');
      },
    };
    const [span] = makeSpans(1);
    const nameless = { ...span, name: 7 };
    const given = [null, undefined, 7, 'span', {}, hostile, nameless, span];
    Reflect.apply(exporter.export, exporter, [given, () => undefined]);
    expect(summary(exporter)).to.deep.include({ accepted: 8, queued: 1, dropped: { invalid_span: 7 } });
    await exporter.forceFlush();
    expect(inner.spans).to.deep.equal([span]);
  });

  it('answers failure, and does not throw, when given no list', () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter());
    const codes: unknown[] = [];
    for (const given of [undefined, null, 5, {}])
      Reflect.apply(exporter.export, exporter, [given, ({ code }: { code: number }) => codes.push(code)]);
    expect(codes).to.deep.equal([1, 1, 1, 1]);
    expect(diagnostics.messages).to.have.length(1);
  });

  it('survives a callback that throws or is missing', () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter());
    exporter.export(makeSpans(1), () => {
      throw new Error('callback');
    });
    Reflect.apply(exporter.export, exporter, [makeSpans(1)]);
    expect(summary(exporter)).to.deep.include({ accepted: 2, queued: 2 });
  });

  it('keeps its balance when the logger hands over spans of its own', () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter(), {
      queue: { maxSpans: 3, overflow: 'drop-oldest' },
    });
    const spans = makeSpans(20);
    const logger = () => handOver(exporter, makeSpans(2));
    diag.setLogger(
      { error: logger, warn: logger, info: logger, debug: logger, verbose: logger },
      { suppressOverrideMessage: true },
    );
    handOver(exporter, spans);
    expect(summary(exporter)).to.deep.equal({
      accepted: 22,
      exported: 0,
      queued: 3,
      inFlight: 0,
      dropped: { queue_full: 19 },
    });
  });
});
