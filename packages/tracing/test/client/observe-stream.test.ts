import {
  collectGarbage,
  collectGarbageUntil,
  type DiagRecorder,
  type FakeProvider,
  type RecordingProvider,
  recordDiag,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { LlmCallSpan } from '../../src/call/llm-call-span.js';
import { recordStream } from '../../src/client/observe-stream.js';
import { telemetryOf } from '../../src/telemetry.js';
import { onlySpan } from '../support/spans.js';
import { type Caller, type CallStream, testedApis } from '../support/tested-apis.js';

async function chunksOf(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

for (const api of testedApis)
  describe(`the stream of a wrapped client: ${api.name}`, () => {
    let fake: FakeProvider;
    let provider: RecordingProvider;
    let unwrapped: Caller;
    let wrapped: Caller;
    let diag: DiagRecorder;
    beforeEach(async () => {
      diag = recordDiag();
      fake = await startFakeProvider();
      provider = recordingProvider();
      unwrapped = api.connect(fake);
      wrapped = api.connect(fake, {}, { tracer: provider.tracer });
    });
    afterEach(async () => {
      // The SDK complains of a span that is ended twice.
      expect(diag.messages).to.deep.equal([]);
      diag.stop();
      await fake.close();
    });
    const ended = async () => {
      while (provider.spans.length === 0) await new Promise(setImmediate);
    };
    const open = async (caller: Caller) => (await caller.createStream()) as CallStream;
    /** Chunks without the ids that the server numbers. */
    const comparable = (chunks: unknown[]) => JSON.parse(JSON.stringify(chunks).replace(/[-_]\d{6}/g, ''));

    const readableOf = (caller: Caller): ReadableStream => {
      const readable = caller.helper().toReadableStream?.();
      if (readable === undefined) throw new Error('This helper does not become a ReadableStream.');
      return readable;
    };

    it('has the same class and the same enumerable keys', async () => {
      const [plain, traced] = [await open(unwrapped), await open(wrapped)];
      expect(traced.constructor).to.equal(plain.constructor);
      expect(Object.keys(traced)).to.deep.equal(Object.keys(plain));
      expect(traced.controller).to.be.instanceOf(AbortController);
      plain.controller.abort();
      traced.controller.abort();
    });

    it('ends its span with the last chunk, not with the response', async () => {
      const stream = await open(wrapped);
      expect(provider.spans).to.have.length(0);
      await chunksOf(stream);
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true, 'llm.tokens.total': 28 });
    });

    it('ends its span at the time of its last chunk, even if the application finishes later', async () => {
      for await (const _ of await open(wrapped)) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(onlySpan(provider.spans).attributes['llm.latency_ms']).to.be.at.least(20);
    });

    it('can be split: both halves have all chunks, one span', async () => {
      const expected = await chunksOf(await open(unwrapped));
      const [left, right] = (await open(wrapped)).tee();
      expect(left.constructor).to.equal((await open(unwrapped)).constructor);
      const chunks = await Promise.all([chunksOf(left), chunksOf(right)]);
      for (const half of chunks) expect(comparable(half)).to.deep.equal(comparable(expected));
      expect(onlySpan(provider.spans).attributes).to.include({
        'llm.chunks': expected.length,
        'llm.tokens.total': 28,
      });
    });

    it('is no failure if both halves are left', async () => {
      const stream = await open(wrapped);
      const halves = stream.tee();
      for (const half of halves) expect(half.controller).to.equal(stream.controller);
      for (const half of halves) for await (const _ of half) break;
      // Only those of openai 7 can be left: others are over when they are collected.
      for (const { attributes } of provider.spans) expect(attributes).to.include({ 'llm.success': true });
    });

    it('can become a ReadableStream', async () => {
      const read = async (caller: Caller) => new Response((await open(caller)).toReadableStream()).text();
      const [expected, text] = [await read(unwrapped), await read(wrapped)];
      expect(text.replace(/[-_]\d{6}/g, '')).to.equal(expected.replace(/[-_]\d{6}/g, ''));
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.tokens.total': 28 });
    });

    it('ends its span when such a ReadableStream is cancelled', async () => {
      const reader = (await open(wrapped)).toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true });
    });

    it("throws the client's error for a second iteration, which is no failure of the first", async () => {
      const failures = [];
      for (const caller of [unwrapped, wrapped]) {
        const stream = await open(caller);
        const first = stream[Symbol.asyncIterator]();
        await first.next();
        failures.push(
          await chunksOf(stream).then(
            () => undefined,
            (error: Error) => error.message,
          ),
        );
        while (!(await first.next()).done);
      }
      expect(failures[0]).to.match(/consumed stream/);
      expect(failures[1]).to.equal(failures[0]);
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true, 'llm.tokens.total': 28 });
    });

    it('is over after return(), and ends its span once', async () => {
      const iterator = (await open(wrapped))[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
      expect(await iterator.next()).to.deep.equal({ done: true, value: undefined });
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true, 'llm.chunks': 1 });
    });

    it('passes on an error that is thrown into it, and records it', async () => {
      const iterator = (await open(wrapped))[Symbol.asyncIterator]();
      await iterator.next();
      const error = new Error('thrown in');
      const thrown = await iterator.throw?.(error).catch((caught: unknown) => caught);
      expect(thrown).to.equal(error);
      expect(onlySpan(provider.spans).attributes).to.include({
        'llm.success': false,
        'llm.error.type': 'unknown',
      });
    });

    it('is no failure if the stream() helper is left', async () => {
      for await (const _ of wrapped.helper()) break;
      await ended();
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true });
    });

    // The helper of the responses API has no such method.
    if (api.api !== 'responses')
      it('is no failure if the ReadableStream of the stream() helper is cancelled', async () => {
        const reader = readableOf(wrapped).getReader();
        await reader.read();
        await reader.cancel();
        await ended();
        expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true });
      });

    // The helper of the responses API has no such method.
    if (api.api !== 'responses')
      it('has a stream() helper that can become a ReadableStream', async () => {
        const read = async (caller: Caller) => new Response(readableOf(caller)).text();
        const [expected, text] = [await read(unwrapped), await read(wrapped)];
        expect(text.replace(/[-_]\d{6}/g, '')).to.equal(expected.replace(/[-_]\d{6}/g, ''));
      });

    it('is a failure if the stream() helper is aborted before it is left', async () => {
      const helper = wrapped.helper();
      for await (const _ of helper) {
        helper.abort();
        break;
      }
      await ended();
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.error.type': 'aborted' });
    });

    it('is a failure if it was aborted before it was read', async () => {
      const stream = await open(wrapped);
      stream.controller.abort();
      await chunksOf(stream);
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.error.type': 'aborted' });
    });

    it('ends its span when it is dropped unread', async () => {
      // In a function of its own, whose frame does not outlive it.
      await (async () => void (await open(wrapped)))();
      expect(await collectGarbageUntil(() => provider.spans.length > 0)).to.equal(true);
      const { attributes } = onlySpan(provider.spans);
      expect(attributes).to.include({ 'llm.success': true });
      expect(attributes).not.to.have.any.keys('llm.chunks', 'llm.ttft_ms');
    });

    it('ends its span when it is dropped half-read, at the time of the last chunk', async () => {
      const took = await (async () => {
        const start = performance.now();
        await (await open(wrapped))[Symbol.asyncIterator]().next();
        return performance.now() - start;
      })();
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(await collectGarbageUntil(() => provider.spans.length > 0)).to.equal(true);
      const span = onlySpan(provider.spans);
      expect(span.attributes).to.include({ 'llm.chunks': 1 });
      expect(span.attributes['llm.latency_ms']).to.be.lessThan(took + 200);
      const [seconds, nanos] = span.duration;
      expect(seconds * 1e3 + nanos / 1e6).to.be.lessThan(took + 200);
    });
  });

describe('recordStream', () => {
  it('does not abandon a call while its iterator is alive', async () => {
    async function* chunks() {
      yield* ['a', 'b'];
    }
    const { tracer, spans } = recordingProvider();
    const call = new LlmCallSpan(
      { telemetry: telemetryOf({ tracer }), provider: 'acme', operation: 'chat' },
      {},
    );
    // The clients' own iterators hold on to their streams; this one does not.
    const iterator = (() => {
      const stream = { [Symbol.asyncIterator]: () => chunks() };
      recordStream(stream, call, { read: () => true });
      return stream[Symbol.asyncIterator]();
    })();
    do await collectGarbage();
    while (!(await iterator.next()).done);
    expect(onlySpan(spans).attributes).to.include({ 'llm.chunks': 2 });
  });
});
