import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type OtlpReceiver, startOtlpReceiver } from '../../src/index.js';
import { post, requestBody } from './post.js';

describe('OTLP receiver', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  it('accepts plain and gzipped requests, and keeps their decompressed bytes and headers', async () => {
    const body = requestBody(2);
    const plain = await post(receiver.url, body, { 'x-api-key': 'k' });
    expect(plain.status).to.equal(200);
    expect(plain.headers.get('content-type')).to.equal('application/x-protobuf');
    expect((await plain.arrayBuffer()).byteLength).to.equal(0);
    await post(receiver.url, gzipSync(body), { 'content-encoding': 'gzip' });
    expect(receiver.spans.map(({ name }) => name)).to.deep.equal(['span 0', 'span 1', 'span 0', 'span 1']);
    expect(receiver.bodies).to.deep.equal([Buffer.from(body), Buffer.from(body)]);
    expect(receiver.requests[0]?.headers).to.include({ 'x-api-key': 'k' });
    expect(receiver.requests.map(({ spanCount }) => spanCount)).to.deep.equal([2, 2]);
  });

  it('refuses what an OTLP/HTTP protobuf backend refuses', async () => {
    const body = requestBody(1);
    const statuses = [
      await post(receiver.url, 'not protobuf'),
      await post(receiver.url, body, { 'content-encoding': 'gzip' }),
      await post(receiver.url, body, { 'content-type': 'application/json' }),
      await post(receiver.url, body, { 'content-encoding': 'br' }),
      await post(`${receiver.url}/more`, body),
      await fetch(receiver.url),
    ].map(({ status }) => status);
    expect(statuses).to.deep.equal([400, 400, 415, 415, 404, 405]);
    expect(receiver.spans).to.deep.equal([]);
  });

  it('waits for spans, and on a timeout reports how many came', async () => {
    const waiting = receiver.waitForSpans(3, 3_000);
    await post(receiver.url, requestBody(2));
    await post(receiver.url, requestBody(1));
    await waiting;
    const message = await receiver.waitForSpans(4, 20).catch((error: Error) => error.message);
    expect(message).to.equal('4 spans expected within 20 ms, received 3.');
  });

  it('forgets everything on request', async () => {
    await post(receiver.url, requestBody(1));
    receiver.clear();
    expect([receiver.spans, receiver.spanIds, receiver.requests]).to.deep.equal([[], [], []]);
    await receiver.waitForSpans(1, 20).then(
      () => expect.fail('there is nothing to wait for'),
      () => undefined,
    );
  });

  it('keeps only ids on request', async () => {
    const frugal = await startOtlpReceiver({ keep: 'ids' });
    const body = requestBody(3);
    await post(frugal.url, body);
    await post(receiver.url, body);
    expect(frugal.spanIds).to.have.length(3).and.to.deep.equal(receiver.spanIds);
    expect((await post(frugal.url, Buffer.from('no protobuf'))).status).to.equal(400);
    expect(frugal.spans).to.deep.equal([]);
    expect(frugal.bodies[0]).to.have.length(0);
    await frugal.close();
  });

  it('can come back on the port it had', async () => {
    const port = Number(new URL(receiver.url).port);
    await receiver.close();
    const down = await post(receiver.url, requestBody(1)).catch((error: Error) => error.cause);
    expect(down).to.include({ code: 'ECONNREFUSED' });
    receiver = await startOtlpReceiver({ port });
    expect((await post(receiver.url, requestBody(1))).status).to.equal(200);
  });
});
