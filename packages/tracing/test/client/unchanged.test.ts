import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeProvider, type FakeReply, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { type Caller, type CallStream, testedApis } from '../support/tested-apis.js';

for (const api of testedApis)
  describe(`what wrapping does not change: ${api.name}`, () => {
    let fake: FakeProvider;
    let callers: readonly [unwrapped: Caller, wrapped: Caller];
    beforeEach(async () => {
      fake = await startFakeProvider();
      const { tracer } = recordingProvider();
      callers = [api.connect(fake, { maxRetries: 0 }), api.connect(fake, { maxRetries: 0 }, { tracer })];
    });
    afterEach(() => fake.close());
    /** What the application sees of each of the two, which is to be the same. */
    const bothSee = async <T>(reply: FakeReply, look: (caller: Caller) => Promise<T>): Promise<T> => {
      const seen = [];
      for (const caller of callers) {
        fake.enqueue(reply);
        seen.push(await look(caller));
      }
      const [unwrapped, wrapped] = seen as [T, T];
      expect(wrapped).to.deep.equal(unwrapped);
      return wrapped;
    };

    it('the headers of a response', async () => {
      const headers = await bothSee({ headers: { 'x-of-the-provider': 'kept' } }, async ({ create }) => {
        const { response } = await create().withResponse();
        return [...response.headers].filter(([name]) => !/^(date|.*request-id)$/.test(name));
      });
      expect(headers).to.deep.include(['x-of-the-provider', 'kept']);
    });

    it('the properties of a response that are not enumerable', async () => {
      const names = await bothSee({}, async ({ create }) => Object.getOwnPropertyNames(await create()));
      expect(names).to.include('_request_id');
    });

    for (const [title, attempt] of Object.entries<(caller: Caller) => Promise<unknown>>({
      'of a call': async ({ create }) => await create(),
      'of a call with its response': async ({ create }) => await create().withResponse(),
      'of a stream': async ({ createStream }) => {
        for await (const _ of (await createStream()) as CallStream);
      },
    }))
      it(`the stack of the error ${title}`, async () => {
        const error = { status: 400, message: 'refused' };
        const stack = await bothSee(
          { error, errorAfterChunks: title === 'of a stream' ? 1 : undefined } as FakeReply,
          (caller) =>
            attempt(caller).then(
              () => '',
              (thrown: Error) => thrown.stack?.replace(/req_\d+/g, 'req'),
            ),
        );
        expect(stack).not.to.include('tracing/src');
        // The client itself loses them where a call is asked for its response as well.
        if (!title.endsWith('response')) expect(stack).to.include('unchanged.test');
      });

    it('the events of the stream() helper, and their order', async () => {
      const events = await bothSee({}, async ({ helper }) => {
        const stream = helper();
        const names: string[] = [];
        const emit = (stream as unknown as { _emit(name: string, ...rest: unknown[]): void })._emit;
        Object.assign(stream, {
          _emit(name: string, ...rest: unknown[]) {
            names.push(name);
            emit.call(stream, name, ...rest);
          },
        });
        await stream.done();
        return names;
      });
      expect(events).to.include('end').and.have.length.greaterThan(3);
    });

    it('the time of the first chunk: it comes before the second is sent', async () => {
      for (const { createStream } of callers) {
        fake.enqueue({ chunks: ['first', 'second'], chunkDelayMillis: 400 });
        const start = performance.now();
        let firstAt = 0;
        for await (const chunk of (await createStream()) as CallStream)
          if (firstAt === 0 && JSON.stringify(chunk).includes('first')) firstAt = performance.now() - start;
        expect(performance.now() - start).to.be.at.least(399);
        expect(firstAt).to.be.greaterThan(0).and.lessThan(300);
      }
    });

    it('that a stream is not read ahead of the application', async () => {
      await bothSee({ chunks: ['a', 'b', 'c'] }, async ({ createStream }) => {
        const iterator = ((await createStream()) as CallStream)[Symbol.asyncIterator]();
        const first = await iterator.next();
        await sleep(5);
        await iterator.return?.();
        return [Object.keys(first.value as object), (await iterator.next()).done];
      });
    });
  });
