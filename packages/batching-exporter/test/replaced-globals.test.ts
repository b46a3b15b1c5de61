import { FakeSpanExporter, type ForkedOtlpReceiver, forkOtlpReceiver } from '@llm-otel/testing';
import { expect } from 'chai';
import sinon from 'sinon';
import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '../src/index.js';
import { handOver, makeSpans, summary } from './support.js';

/** As jest-environment-jsdom does: no immediates, timers that are numbers, and a URL class without `canParse`. */
function replaceGlobals(sandbox: sinon.SinonSandbox): void {
  sandbox.stub(globalThis, 'setImmediate').value(undefined);
  sandbox.stub(globalThis, 'clearImmediate').value(undefined);
  sandbox.stub(globalThis, 'setTimeout').value(() => 1);
  sandbox.stub(globalThis, 'setInterval').value(() => 1);
  sandbox.stub(globalThis, 'URL').value(class {});
}

describe('Exporters where a DOM has replaced the globals of Node', () => {
  const sandbox = sinon.createSandbox();
  let receiver: ForkedOtlpReceiver;
  before(async () => {
    receiver = await forkOtlpReceiver();
  });
  after(() => receiver.close());
  beforeEach(() => replaceGlobals(sandbox));
  afterEach(() => sandbox.restore());

  it('OtlpBatchingSpanExporter sends all the same', async () => {
    const exporter = new OtlpBatchingSpanExporter({ url: receiver.url });
    handOver(exporter, makeSpans(3));
    await exporter.forceFlush();
    await exporter.shutdown();
    expect(summary(exporter)).to.deep.include({ exported: 3 });
  });

  it('OtlpBatchingSpanExporter survives a receiver that is not there', async () => {
    const exporter = new OtlpBatchingSpanExporter({ url: 'http://127.0.0.1:1', timeoutMillis: 100 });
    handOver(exporter, makeSpans(3));
    await exporter.shutdown();
    expect(summary(exporter)).to.deep.include({ dropped: { shutdown_timeout: 3 } });
  });

  it('BatchingSpanExporter sends all the same', async () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter());
    handOver(exporter, makeSpans(3));
    await exporter.shutdown();
    expect(summary(exporter)).to.deep.include({ exported: 3 });
  });
});
