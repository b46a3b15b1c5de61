import {
  collectGarbageUntil,
  type RecordingProvider,
  recordDiag,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import OpenAI from 'openai';
import { type LlmCallRecorder, type LlmStreamOptions, traceLlmStream } from '../src/index.js';
import { expectFailure, onlySpan } from './support/spans.js';

async function* letters(): AsyncGenerator<string, string> {
  yield 'a';
  yield 'b';
  yield 'c';
  return 'end';
}
const readable = () =>
  new ReadableStream<string>({
    start(controller) {
      for (const letter of 'abc') controller.enqueue(letter);
      controller.close();
    },
  });
async function read(stream: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const letter of stream) text += letter;
  return text;
}

describe('traceLlmStream', () => {
  let provider: RecordingProvider;
  let options: LlmStreamOptions<string>;
  beforeEach(() => {
    provider = recordingProvider();
    options = { provider: 'acme', model: 'road-runner-1', tracer: provider.tracer };
  });
  const attributes = () => onlySpan(provider.spans).attributes;

  for (const [kind, open] of Object.entries({
    'an async generator': letters,
    'a ReadableStream': readable,
  })) {
    describe(`of ${kind}`, () => {
      it('passes on every chunk and ends the span with the last', async () => {
        const stream = await traceLlmStream<string>(options, open);
        expect(provider.spans).to.have.length(0);
        expect(await read(stream)).to.equal('abc');
        expect(onlySpan(provider.spans).name).to.equal('chat road-runner-1');
        expect(attributes()).to.include({ 'llm.success': true, 'llm.streaming': true, 'llm.chunks': 3 });
      });

      it('records what the chunks say, and which bear content', async () => {
        const stream = await traceLlmStream<string>(
          {
            ...options,
            onChunk(letter, call) {
              if (letter === 'c') call.recordUsage({ inputTokens: 3, outputTokens: 1 });
              return letter !== 'a';
            },
          },
          open,
        );
        for await (const _ of stream) await new Promise((resolve) => setTimeout(resolve, 10));
        expect(attributes()).to.include({ 'llm.tokens.total': 4, 'llm.chunks': 3 });
        expect(attributes()['llm.ttft_ms']).to.be.at.least(9);
      });

      it('counts every chunk as content if the function for chunks returns nothing', async () => {
        const onChunk = (letter: string, call: LlmCallRecorder) =>
          call.recordResponse({ stopReason: letter });
        expect(await read(await traceLlmStream<string>({ ...options, onChunk }, open))).to.equal('abc');
        expect(attributes())
          .to.include({ 'llm.stop_reason': 'c', 'llm.chunks': 3 })
          .and.have.property('llm.ttft_ms');
      });

      it('ends the span when the application leaves', async () => {
        for await (const _ of await traceLlmStream<string>(options, open)) break;
        expect(attributes()).to.include({ 'llm.success': true, 'llm.chunks': 1 });
      });

      it('ends the span when the stream is dropped', async () => {
        await (async () => void (await traceLlmStream<string>(options, open)))();
        expect(await collectGarbageUntil(() => provider.spans.length > 0)).to.equal(true);
        expect(attributes()).to.include({ 'llm.success': true });
      });

      it('goes on when reading a chunk fails', async () => {
        const diag = recordDiag();
        const onChunk = () => {
          throw new Error('of the application');
        };
        expect(await read(await traceLlmStream<string>({ ...options, onChunk }, open))).to.equal('abc');
        expect(attributes()).to.include({ 'llm.success': true, 'llm.chunks': 3 });
        diag.stop();
      });
    });
  }

  it('fails with the very error of the stream', async () => {
    const error = new Error('broke');
    for (const open of [
      async function* () {
        yield 'a';
        throw error;
      },
      () =>
        new ReadableStream<string>({
          pull: (controller) => controller.error(error),
        }),
    ]) {
      provider.spans.length = 0;
      const stream = await traceLlmStream<string>(options, open);
      expect(await read(stream).catch((thrown: unknown) => thrown)).to.equal(error);
      expect(attributes()).to.include({ 'llm.success': false, 'llm.error.message': 'broke' });
    }
  });

  it('fails with the very error of an iterator that throws rather than rejects', async () => {
    const error = new Error('broke at once');
    const throwing = {
      next() {
        throw error;
      },
    };
    const stream = await traceLlmStream<string>(options, () => ({ [Symbol.asyncIterator]: () => throwing }));
    expect(() => stream.next()).to.throw(error);
    expect(attributes()).to.include({ 'llm.success': false, 'llm.error.message': 'broke at once' });
  });

  it('fails when a stream of an official client, or of one made like it, is aborted, which then just ends', async () => {
    const fake = await startFakeProvider();
    fake.enqueue({ chunkDelayMillis: 20 });
    const client = new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl });
    const source = await client.chat.completions.create({ model: 'gpt-4o', messages: [], stream: true });
    for await (const _ of await traceLlmStream({ ...options, onChunk: undefined }, () => source))
      source.controller.abort();
    expect(attributes()).to.include({ 'llm.success': false, 'llm.error.type': 'aborted' });
    await fake.close();
  });

  it('fails with the very error of the call', async () => {
    const error = Object.assign(new Error('refused'), { status: 400 });
    const opened = traceLlmStream<string>(options, async () => {
      throw error;
    });
    expect(await opened.catch((thrown: unknown) => thrown)).to.equal(error);
    expectFailure(onlySpan(provider.spans), 'invalid_request', {
      'llm.provider': 'acme',
      'llm.model': 'road-runner-1',
      'llm.streaming': true,
      'llm.success': false,
      'llm.retry_count': 0,
      'llm.error.status': 400,
      'llm.error.message': 'refused',
    });
  });

  it('gives back what a generator returns, and an object of what generators are', async () => {
    const stream = await traceLlmStream<string>(options, letters);
    const prototypes = (value: unknown): unknown[] =>
      value === null ? [] : [value, ...prototypes(Object.getPrototypeOf(value))];
    // %AsyncIteratorPrototype%
    expect(prototypes(stream)).to.include(prototypes(letters()).at(-2));
    expect(stream[Symbol.asyncIterator]()).to.equal(stream);
    let last = await stream.next();
    while (!last.done) last = await stream.next();
    expect(last).to.deep.equal({ done: true, value: 'end' });
  });

  it('takes an iterable that can do no more than next()', async () => {
    const bare = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 'a' }) }) };
    for await (const letter of await traceLlmStream<string>(options, () => bare)) {
      expect(letter).to.equal('a');
      break;
    }
    expect(attributes()).to.include({ 'llm.success': true, 'llm.chunks': 1 });
  });

  it('cancels the stream below, with the reason', async () => {
    const reasons: unknown[] = [];
    const below = new ReadableStream<string>({ cancel: (reason) => void reasons.push(reason) });
    await (await traceLlmStream<string>(options, () => below)).cancel('enough');
    expect(reasons).to.deep.equal(['enough']);
    expect(attributes()).to.include({ 'llm.success': true });
  });

  it('reads no further ahead than the application', async () => {
    let pulls = 0;
    const below = new ReadableStream<string>(
      {
        pull(controller) {
          pulls++;
          controller.enqueue('a');
        },
      },
      { highWaterMark: 0 },
    );
    const reader = (await traceLlmStream<string>(options, () => below)).getReader();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(pulls).to.equal(0);
    await reader.read();
    expect(pulls).to.equal(1);
    await reader.cancel();
  });

  async function* idOfActiveSpan() {
    yield trace.getActiveSpan()?.spanContext().spanId ?? 'none';
  }
  const lazy = () =>
    new ReadableStream<string>(
      {
        async pull(controller) {
          for await (const id of idOfActiveSpan()) controller.enqueue(id);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  for (const [kind, open] of Object.entries({ 'a generator': idOfActiveSpan, 'a ReadableStream': lazy }))
    it(`runs ${kind} in the span, whoever asks for the next chunk`, async () => {
      const unregister = provider.register();
      try {
        const stream: AsyncIterable<string> = await traceLlmStream<string>(options, open);
        const id = await read(stream);
        expect(id).to.equal(onlySpan(provider.spans).spanContext().spanId);
      } finally {
        unregister();
      }
    });

  it('gives back what is no stream, or cannot be read', async () => {
    const diag = recordDiag();
    const locked = readable();
    locked.getReader();
    for (const given of [undefined, 7, locked]) {
      provider.spans.length = 0;
      expect(await traceLlmStream<string>(options, () => given as never)).to.equal(given);
      onlySpan(provider.spans);
    }
    diag.stop();
  });
});
