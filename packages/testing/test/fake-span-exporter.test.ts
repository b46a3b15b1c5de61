import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { type ExportBehaviour, FakeSpanExporter, recordingProvider } from '../src/index.js';

type Result = { code: number; error?: Error };

describe('FakeSpanExporter', () => {
  const spans: ReadableSpan[] = [];
  before(() => {
    const provider = recordingProvider();
    for (const name of ['a', 'b']) provider.tracer.startSpan(name).end();
    spans.push(...provider.spans);
  });

  const exportTo = (exporter: FakeSpanExporter): Result[] => {
    const results: Result[] = [];
    exporter.export(spans, (result) => results.push(result));
    return results;
  };

  it('succeeds at once and keeps a copy of the spans', () => {
    const exporter = new FakeSpanExporter();
    const batch = [...spans];
    const results: Result[] = [];
    exporter.export(batch, (result) => results.push(result));
    batch.length = 0;
    expect(results).to.deep.equal([{ code: 0 }]);
    expect(exporter.batches).to.deep.equal([spans]);
    expect(exporter.spans).to.deep.equal(spans);
    expect(exporter.delivered).to.deep.equal(spans);
  });

  const error = new Error('no');
  for (const [behaviour, expected] of [
    ['fail', [{ code: 1 }]],
    [{ error }, [{ code: 1, error }]],
    ['never', []],
    ['twice', [{ code: 0 }, { code: 0 }]],
  ] as [ExportBehaviour, Result[]][])
    it(`answers ${JSON.stringify(expected)} to behaviour ${JSON.stringify(behaviour)}`, () => {
      const exporter = new FakeSpanExporter({ export: behaviour });
      expect(exportTo(exporter)).to.deep.equal(expected);
      expect(exporter.spans).to.deep.equal(spans);
      expect(exporter.delivered).to.deep.equal(behaviour === 'twice' ? spans : []);
    });

  it('throws on request', () => {
    const exporter = new FakeSpanExporter({ export: 'throw' });
    expect(() => exportTo(exporter)).to.throw('as told');
    expect(exporter.batches).to.have.length(1);
  });

  it('holds exports until they are released', () => {
    const exporter = new FakeSpanExporter({ export: 'hold' });
    const results = [exportTo(exporter), exportTo(exporter)];
    expect(results).to.deep.equal([[], []]);
    expect(exporter.heldCount).to.equal(2);
    exporter.release();
    expect(results).to.deep.equal([[{ code: 0 }], [{ code: 0 }]]);
    expect([exporter.heldCount, exporter.delivered.length]).to.deep.equal([0, 4]);
  });

  it('succeeds later on request', async () => {
    const exporter = new FakeSpanExporter({ export: { delayMillis: 5 } });
    let done = false;
    const result = new Promise<Result>((resolve) => exporter.export(spans, resolve)).finally(() => {
      done = true;
    });
    await new Promise(setImmediate);
    expect(done).to.equal(false);
    expect(await result).to.deep.equal({ code: 0 });
  });

  it('follows behave, then behaveAlways, then its options', () => {
    const exporter = new FakeSpanExporter({ export: 'never' });
    exporter.behaveAlways('fail');
    exporter.behave('succeed', 'twice');
    const answers = () => exportTo(exporter).map(({ code }) => code);
    expect([answers(), answers(), answers()]).to.deep.equal([[0], [0, 0], [1]]);
    exporter.behaveAlways(undefined);
    expect(answers()).to.deep.equal([]);
  });

  it('counts calls of forceFlush and shutdown, and misbehaves in them on request', async () => {
    const fine = new FakeSpanExporter();
    await fine.forceFlush();
    await fine.shutdown();
    expect([fine.forceFlushCalls, fine.shutdownCalls]).to.deep.equal([1, 1]);
    const rejecting = new FakeSpanExporter({ forceFlush: { error }, shutdown: 'fail' });
    expect(await rejecting.forceFlush().catch((thrown) => thrown)).to.equal(error);
    expect(await rejecting.shutdown().catch((thrown) => thrown.message)).to.include('shutdown rejects');
    expect(() => new FakeSpanExporter({ shutdown: 'throw' }).shutdown()).to.throw('shutdown throws');
    const stuck = new FakeSpanExporter({ forceFlush: 'never', shutdown: { delayMillis: 1 } });
    expect(await Promise.race([stuck.forceFlush(), stuck.shutdown().then(() => 'shut down')])).to.equal(
      'shut down',
    );
  });
});
