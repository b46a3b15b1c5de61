import { expect } from 'chai';
import { type OtlpReceiver, type ReceiverAnswer, startOtlpReceiver } from '../../src/index.js';
import { partialSuccess, post, requestBody } from './post.js';

describe('answers of the OTLP receiver', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  const send = (spanCount = 1): Promise<Response> => post(receiver.url, requestBody(spanCount));
  const failureOf = async (answer: ReceiverAnswer): Promise<string> => {
    receiver.answer(answer);
    // To be reset in the middle, a request must be larger than the connection's buffers.
    const body = answer.close === 'mid-body' ? new Uint8Array(16 * 2 ** 20) : requestBody(1);
    const request = fetch(receiver.url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-protobuf' },
      signal: AbortSignal.timeout(answer.hang ? 200 : 3_000),
    });
    return request.then(
      () => 'answered',
      (error: Error) => (error.cause as { code?: string } | undefined)?.code ?? error.name,
    );
  };

  it('come in order, then 200', async () => {
    receiver.answer(
      { status: 429, retryAfter: '7' },
      { status: 503, retryAfter: 'Fri, 31 Dec 2027 23:59:59 GMT' },
    );
    const [first, second, third] = [await send(), await send(), await send()];
    expect([first.status, second.status, third.status]).to.deep.equal([429, 503, 200]);
    expect(first.headers.get('retry-after')).to.equal('7');
    expect(second.headers.get('retry-after')).to.equal('Fri, 31 Dec 2027 23:59:59 GMT');
    expect(third.headers.get('retry-after')).to.equal(null);
  });

  it('can always be the same, until changed', async () => {
    receiver.answerAlways({ status: 503 });
    receiver.answer({ status: 429 });
    expect([(await send()).status, (await send()).status, (await send()).status]).to.deep.equal([
      429, 503, 503,
    ]);
    receiver.answerAlways(undefined);
    expect((await send()).status).to.equal(200);
  });

  it('other than 2xx: the spans are not received, but the request is kept', async () => {
    receiver.answer({ status: 503, message: 'try later' });
    const response = await send(2);
    expect(await response.text()).to.include('try later');
    expect(receiver.spanIds).to.deep.equal([]);
    expect(receiver.requests.map(({ spanCount }) => spanCount)).to.deep.equal([2]);
    expect(receiver.bodies).to.have.length(1);
  });

  it('partial success: the first spans are rejected, and the response says how many', async () => {
    receiver.answer({ rejectedSpans: 2, message: 'too old' });
    const response = await send(5);
    expect(response.status).to.equal(200);
    expect(await partialSuccess(response)).to.deep.equal({ rejected: 2, message: 'too old' });
    expect(receiver.spans.map(({ name }) => name)).to.deep.equal(['span 2', 'span 3', 'span 4']);
  });

  it('whole success: the response is empty', async () => {
    expect(await partialSuccess(await send())).to.equal(undefined);
  });

  it('drip: headers at once, then the body a byte at a time', async () => {
    receiver.answer({ dripMillis: 2, dripBytes: 20 });
    const response = await send();
    const pieces: number[] = [];
    for await (const piece of response.body ?? []) pieces.push(piece.length);
    expect(pieces.length).to.be.greaterThan(5);
    expect(pieces.reduce((sum, length) => sum + length)).to.equal(
      Number(response.headers.get('content-length')),
    );
    expect(receiver.spanIds).to.have.length(1);
  });

  it('delay: not before the given time', async () => {
    receiver.answer({ delayMillis: 30 });
    const start = performance.now();
    await send();
    expect(performance.now() - start).to.be.at.least(29);
  });

  it('hang: none, and the spans are not received', async () => {
    expect(await failureOf({ hang: true })).to.equal('TimeoutError');
    expect(receiver.requests).to.have.length(1);
    expect(receiver.spanIds).to.deep.equal([]);
  });

  it('close: the connection ends after the request', async () => {
    expect(await failureOf({ close: true })).to.equal('UND_ERR_SOCKET');
    expect(receiver.requests).to.have.length(1);
    expect(receiver.spanIds).to.deep.equal([]);
  });

  it('close mid-body: the connection is reset while the request is being sent', async () => {
    expect(await failureOf({ close: 'mid-body' })).to.be.oneOf(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
    expect(receiver.requests).to.deep.equal([]);
  });
});
