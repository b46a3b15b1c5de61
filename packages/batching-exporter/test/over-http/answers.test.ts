import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type DiagRecorder, type OtlpReceiver, recordDiag, startOtlpReceiver } from '@llm-otel/testing';
import { DiagLogLevel } from '@opentelemetry/api';
import { expect } from 'chai';
import { handOver, makeSpans, rejection, summary } from '../support.js';
import { names, setups } from './setups.js';

describe('answers of a backend', () => {
  let receiver: OtlpReceiver;
  let diagnostics: DiagRecorder;
  beforeEach(async () => {
    diagnostics = recordDiag(DiagLogLevel.INFO);
    receiver = await startOtlpReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    diagnostics.stop();
  });
  const fast = setups.OtlpBatchingSpanExporter;
  const generic = setups.BatchingSpanExporter;

  for (const name of names) {
    const { create, errorName } = setups[name];
    /** What the exporter told, and not the one that it may wrap. */
    const lines = () =>
      diagnostics.messages
        .filter(({ message }) => message.startsWith(`${name}: `))
        .map(({ level, message }) => `${level} ${message.slice(name.length + 2)}`);

    // The stock exporter does not tell a redirection from a failure that may pass.
    for (const status of [400, 401, 403, 404, 500, ...(create === fast.create ? [302] : [])])
      it(`${status}: the spans are dropped at once, and the caller of forceFlush hears why (${name})`, async () => {
        const exporter = create(receiver.url);
        receiver.answer({ status });
        handOver(exporter, makeSpans(10));
        const error = await rejection(exporter.forceFlush());
        expect(error.message).to.contain('10 of 10 spans were not delivered (10 rejected).');
        expect(error.cause).to.include({ name: errorName, code: status });
        expect(receiver.requests).to.have.length(1);
        // A wrong path is shown, because its cause may be that `/v1/traces` is added to the variable for all signals.
        const where = status === 404 && create === fast.create ? ' at /v1/traces' : '';
        expect(lines()).to.deep.equal([
          `warn spans are being dropped: rejected (${errorName} ${status}${where}); see stats() for the counts.`,
        ]);
        await exporter.shutdown();
      });

    for (const status of [408, 429, 502, 503, 504])
      it(`${status}: the request is repeated, and the outage and its end are told (${name})`, async () => {
        const exporter = create(receiver.url);
        receiver.answer({ status }, { status }, { status });
        handOver(exporter, makeSpans(10));
        await exporter.forceFlush();
        expect(receiver.requests).to.have.length(4);
        expect(receiver.spans).to.have.length(10);
        const [begin, end, ...others] = lines();
        expect(begin).to.match(
          new RegExp(
            `^warn export failed \\(${errorName}( ${status})?\\) and will be retried; 10 spans waiting\\.$`,
          ),
        );
        expect(end).to.match(
          /^info export works again after \d\.\d s; 0 spans waiting, dropped meanwhile: none\.$/,
        );
        expect(others).to.deep.equal([]);
        await exporter.shutdown();
      });

    it(`413: the batch is halved (${name})`, async () => {
      const exporter = create(receiver.url);
      receiver.answer({ status: 413 }, { status: 413 });
      handOver(exporter, makeSpans(10));
      await exporter.forceFlush();
      expect(receiver.requests.map(({ spanCount }) => spanCount)).to.deep.equal([10, 5, 3, 2, 5]);
      expect(receiver.spans).to.have.length(10);
      await exporter.shutdown();
    });
  }

  it('with a text: the caller of forceFlush sees it, the log does not', async () => {
    const exporter = fast.create(receiver.url);
    receiver.answer({ status: 400, message: 'because' });
    handOver(exporter, makeSpans(10));
    expect(`${(await rejection(exporter.forceFlush())).cause}`).to.contain('answered 400: because');
    expect(JSON.stringify(diagnostics.messages)).not.to.contain('because');
    await exporter.shutdown();
  });

  it('without a text: only the status is told', async () => {
    const exporter = fast.create(receiver.url);
    receiver.answer({ status: 401, message: '' });
    handOver(exporter, makeSpans(10));
    expect(`${(await rejection(exporter.forceFlush())).cause}`).to.match(/: The backend answered 401\.$/);
    await exporter.shutdown();
  });

  it('that do not come in time are told as such', async () => {
    const exporter = fast.create(receiver.url);
    receiver.answer({ hang: true });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(diagnostics.messages[0]?.message).to.equal(
      'OtlpBatchingSpanExporter: export failed (Error ETIMEDOUT) and will be retried; 10 spans waiting.',
    );
    await exporter.shutdown();
  });

  for (const [what, retryAfter] of [
    ['in seconds', () => '1'],
    ['as a date', () => new Date(Date.now() + 2_000).toUTCString()],
  ] as const)
    it(`Retry-After ${what}: it is kept to, even if a forceFlush is in a hurry`, async () => {
      const exporter = fast.create(receiver.url);
      const header = retryAfter();
      receiver.answer({ status: 429, retryAfter: header });
      handOver(exporter, makeSpans(10));
      await exporter.forceFlush();
      const [first, second] = receiver.requests;
      const askedFor = header === '1' ? (first?.receivedAt ?? 0) + 1_000 : Date.parse(header);
      expect(second?.receivedAt).to.be.within(askedFor - 5, askedFor + 900);
      await exporter.shutdown();
    });

  it('Retry-After: it is kept to although a request that was on its way succeeds afterwards', async () => {
    const exporter = fast.create(receiver.url, { batch: { maxSpans: 10 } });
    receiver.answer({ status: 429, retryAfter: '1' }, { delayMillis: 100 });
    handOver(exporter, makeSpans(20));
    await exporter.forceFlush();
    const [first = 0, second = 0, third = 0] = receiver.requests.map(({ receivedAt }) => receivedAt);
    expect(second - first).to.be.lessThan(500);
    expect(third - first).to.be.at.least(995);
    expect(receiver.spans).to.have.length(20);
    await exporter.shutdown();
  });

  it('Retry-After longer than a batch may be retried: what was not tried yet is kept', async () => {
    const exporter = fast.create(receiver.url, {
      retry: { maxElapsedTimeMillis: 100 },
      batch: { maxSpans: 10 },
      timeoutMillis: 400,
      concurrencyLimit: 1,
    });
    receiver.answer({ status: 503, retryAfter: '3600' });
    handOver(exporter, makeSpans(30));
    const error = await rejection(exporter.forceFlush());
    expect(error.message).to.contain('(10 retry_exhausted, 20 still waiting after 400 ms)');
    expect(receiver.requests).to.have.length(1);
    await exporter.shutdown();
    expect(summary(exporter)).to.deep.include({ dropped: { retry_exhausted: 10, shutdown_timeout: 20 } });
  });

  it('that fail are not asked for by each of many calls of forceFlush', async () => {
    const exporter = fast.create(receiver.url, {
      retry: { initialIntervalMillis: 300, maxIntervalMillis: 10_000 },
      timeoutMillis: 1_000,
    });
    receiver.answerAlways({ status: 503 });
    const flushes: Promise<unknown>[] = [];
    for (let i = 0; i < 100; i++) {
      handOver(exporter, makeSpans(1));
      flushes.push(rejection(exporter.forceFlush()));
      await sleep(5);
    }
    await Promise.all(flushes);
    expect(receiver.requests.length).to.be.within(2, 20);
    await exporter.shutdown();
  });

  it('that fail are asked for once more by shutdown, however soon it comes after a forceFlush', async () => {
    const exporter = fast.create(receiver.url, {
      retry: { initialIntervalMillis: 5_000 },
      timeoutMillis: 500,
    });
    receiver.answer({ status: 503 }, { status: 503 });
    handOver(exporter, makeSpans(1));
    await rejection(exporter.forceFlush());
    await rejection(exporter.forceFlush());
    await exporter.shutdown();
    expect(receiver.spans).to.have.length(1);
  });

  it('partial success: what is rejected is counted so, and not as exported', async () => {
    const exporter = fast.create(receiver.url);
    receiver.answer({ rejectedSpans: 3, message: 'too old' });
    handOver(exporter, makeSpans(10));
    const error = await rejection(exporter.forceFlush());
    expect(error.message).to.contain('3 of 10 spans were not delivered (3 rejected).');
    expect(`${error.cause}`).to.contain('rejected 3 spans: too old');
    expect(receiver.spans).to.have.length(7);
    expect(receiver.requests).to.have.length(1);
    expect(summary(exporter)).to.deep.include({ exported: 7, dropped: { rejected: 3 } });
    await exporter.shutdown();
  });

  it('partial success: the stock exporter reports it as a success, and wrapped it counts as exported', async () => {
    const exporter = generic.create(receiver.url);
    receiver.answer({ rejectedSpans: 3 });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(receiver.spans).to.have.length(7);
    expect(summary(exporter)).to.deep.include({ exported: 10, dropped: {} });
    await exporter.shutdown();
  });

  for (const [what, body] of [
    ['is read', gzipSync(Buffer.from([0x0a, 0x02, 0x08, 0x03]))],
    ['says nothing if it is something else', Buffer.from('no gzip')],
  ] as const)
    it(`partial success compressed by a server that was not asked to: it ${what}`, async () => {
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
      });
      await once(server.listen(0), 'listening');
      const { port } = server.address() as AddressInfo;
      const exporter = fast.create(`http://localhost:${port}/v1/traces`);
      handOver(exporter, makeSpans(10));
      await exporter.forceFlush().catch(() => undefined);
      const rejected = what === 'is read' ? 3 : 0;
      expect(exporter.stats()).to.include({ exported: 10 - rejected });
      expect(exporter.stats().dropped.rejected).to.equal(rejected);
      await exporter.shutdown();
      server.close();
    });

  // Some backends do, whatever the request was in.
  for (const [what, body] of [
    ['number', '{"partialSuccess":{"rejectedSpans":3,"errorMessage":"zu alt"}}'],
    [
      'text, as JSON writes 64-bit numbers',
      '{"partialSuccess":{"rejectedSpans":"3","errorMessage":"zu alt"}}',
    ],
  ] as const)
    it(`partial success in JSON, its count a ${what}: what is rejected is counted so`, async () => {
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      });
      await once(server.listen(0), 'listening');
      const { port } = server.address() as AddressInfo;
      const exporter = fast.create(`http://localhost:${port}/v1/traces`);
      handOver(exporter, makeSpans(10));
      const error = await rejection(exporter.forceFlush());
      expect(`${error.cause}`).to.contain('rejected 3 spans: zu alt');
      expect(summary(exporter)).to.deep.include({ exported: 7, dropped: { rejected: 3 } });
      await exporter.shutdown();
      server.close();
    });

  it('partial success that rejects none: it is a warning and a success', async () => {
    const exporter = fast.create(receiver.url);
    receiver.answer({ message: 'please send less' });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(summary(exporter)).to.deep.include({ exported: 10, dropped: {} });
    await exporter.shutdown();
  });
});
