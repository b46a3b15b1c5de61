import { setTimeout as sleep } from 'node:timers/promises';
import {
  collectGarbageUntil,
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapOpenAI } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';
import { type Caller, testedApis } from '../support/tested-apis.js';
import { rejectionEventsOf } from '../support/unhandled-rejections.js';

for (const api of testedApis)
  describe(`the promise of a wrapped client: ${api.name}`, () => {
    let fake: FakeProvider;
    let provider: RecordingProvider;
    let unwrapped: Caller;
    let wrapped: Caller;
    beforeEach(async () => {
      fake = await startFakeProvider();
      provider = recordingProvider();
      unwrapped = api.connect(fake, { maxRetries: 0 });
      wrapped = api.connect(fake, { maxRetries: 0 }, { tracer: provider.tracer });
    });
    afterEach(() => fake.close());

    it('has the same class and the same enumerable keys', async () => {
      const [plain, traced] = [unwrapped.create(), wrapped.create()];
      expect(traced.constructor).to.equal(plain.constructor);
      expect(traced).to.be.instanceOf(Promise);
      expect(Object.keys(traced)).to.deep.equal(Object.keys(plain));
      await Promise.all([plain, traced]);
    });

    it('returns the same result each time it is awaited, with one span', async () => {
      const promise = wrapped.create();
      const first = await promise;
      expect(await promise).to.equal(first);
      expect((await promise.withResponse()).data).to.equal(first);
      await promise.finally(() => undefined);
      onlySpan(provider.spans);
    });

    it('has ended its span before the application continues', async () => {
      await wrapped.create();
      expect(provider.spans).to.have.length(1);
    });

    it('does not read a body that the application does not request', async () => {
      const promise = wrapped.create();
      await sleep(50);
      expect((await promise.asResponse()).bodyUsed).to.equal(false);
      expect(provider.spans).to.have.length(1);
    });

    it('still returns the result after asResponse()', async () => {
      const promise = wrapped.create();
      await promise.asResponse();
      expect(await promise).to.include({ model: api.model });
      expect(onlySpan(provider.spans).attributes).not.to.have.property('llm.tokens.input');
    });

    it('records the result if asResponse() and the promise are awaited together', async () => {
      const promise = wrapped.create();
      await Promise.all([promise.asResponse(), promise]);
      expect(onlySpan(provider.spans).attributes).to.include({ 'llm.tokens.total': 28 });
    });

    it('rejects with the same error', async () => {
      fake.replyAlways({ error: { status: 400 } });
      const promise = wrapped.create();
      const errors = await Promise.all(
        [promise, promise.withResponse(), promise.asResponse(), promise.finally(() => undefined)].map(
          (asked) =>
            asked.then(
              () => undefined,
              (error: unknown) => error,
            ),
        ),
      );
      expect(errors[0]).to.be.an('error');
      expect(new Set(errors).size).to.equal(1);
    });

    const reactions: Record<string, (promise: Promise<unknown>) => unknown> = {
      'nobody attaches anything': () => undefined,
      'only a fulfilment is handled': (promise) => void promise.then(() => undefined),
      'only finally() is attached': (promise) => void promise.finally(() => undefined),
      'the rejection is handled': (promise) => promise.catch(() => undefined),
      // Long enough for the answer to be there on a machine that is busy.
      'the rejection is handled too late': (promise) => sleep(150).then(() => promise.catch(() => undefined)),
      'the rejection is handled on one of two branches': (promise) => {
        void promise.then(() => undefined);
        return promise.catch(() => undefined);
      },
    };
    for (const [name, react] of Object.entries(reactions))
      it(`causes the same unhandled rejections as the unwrapped one if ${name}`, async () => {
        fake.replyAlways({ error: { status: 400, message: 'refused' } });
        const eventsOf = ({ create }: Caller) =>
          rejectionEventsOf(async () => {
            await react(create());
            await sleep(30);
          });
        const expected = await eventsOf(unwrapped);
        expect(await eventsOf(wrapped)).to.deep.equal(expected);
        expect(expected.length > 0).to.equal(name !== 'the rejection is handled');
      });

    it('ends the span of a call that is never awaited', async () => {
      drop(() => wrapped.create());
      expect(await collectGarbageUntil(() => provider.spans.length > 0)).to.equal(true);
      const { attributes } = onlySpan(provider.spans);
      expect(attributes).to.include({ 'llm.success': true, 'llm.retry_count': 0 });
      expect(attributes).not.to.have.property('llm.tokens.input');
      expect(fake.requests).to.have.length(1);
    });

    it('records the failure of a call that was dropped before it failed', async () => {
      fake.replyAlways({ latencyMillis: 150, error: { status: 400 } });
      await rejectionEventsOf(async () => {
        drop(() => wrapped.create());
        expect(await collectGarbageUntil(() => provider.spans.length > 0)).to.equal(true);
      });
      expect(onlySpan(provider.spans).attributes).to.include({
        'llm.success': false,
        'llm.error.type': 'invalid_request',
        'llm.error.status': 400,
      });
    });
  });

/** Calls in a frame that does not outlive the call, so that nothing is left of the promise. */
function drop(call: () => Promise<unknown>): void {
  void call();
}

describe('the promise of a wrapped client', () => {
  it('keeps the span of a call that is dropped after its result was requested', async () => {
    const provider = recordingProvider();
    const answer = { model: 'gpt-4o', choices: [], usage: { prompt_tokens: 20, completion_tokens: 8 } };
    const slowly = async function* () {
      yield Buffer.from(JSON.stringify(answer).slice(0, 10));
      await sleep(200);
      yield Buffer.from(JSON.stringify(answer).slice(10));
    };
    const fetch = async () =>
      new Response(ReadableStream.from(slowly()), { headers: { 'content-type': 'application/json' } });
    const client = wrapOpenAI(new OpenAI({ apiKey: 'key', fetch }), { tracer: provider.tracer });
    let result: unknown;
    drop(() =>
      client.chat.completions.create({ model: 'gpt-4o', messages: [] }).then((data) => {
        result = data;
      }),
    );
    expect(await collectGarbageUntil(() => provider.spans.length > 0)).to.equal(true);
    expect(result).to.deep.equal(answer);
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.tokens.total': 28 });
  });
});
