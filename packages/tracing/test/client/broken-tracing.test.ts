import { type DiagRecorder, type FakeProvider, recordDiag, startFakeProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapOpenAI } from '../../src/index.js';
import { brokenTracers } from '../support/broken-tracers.js';
import { type CallStream, testedApis } from '../support/tested-apis.js';

describe('broken telemetry', () => {
  let fake: FakeProvider;
  let diag: DiagRecorder;
  beforeEach(async () => {
    fake = await startFakeProvider();
    diag = recordDiag();
  });
  afterEach(async () => {
    diag.stop();
    await fake.close();
  });

  for (const [name, options] of Object.entries(brokenTracers))
    for (const api of testedApis)
      it(`does not affect ${api.name}: ${name}`, async () => {
        const caller = api.connect(fake, { maxRetries: 1 }, options);
        fake.enqueue({ error: { status: 429, retryAfterSeconds: 0.01 } });
        expect(await caller.create()).to.include({ model: api.model });
        let chunks = 0;
        for await (const _ of (await caller.createStream()) as CallStream) chunks++;
        expect(chunks).to.be.greaterThan(4);
        await caller.helper().done();
        fake.enqueue({ error: { status: 400, message: 'refused' } });
        const error = await caller.create().catch((thrown: unknown) => thrown);
        expect(error).to.include({ status: 400 });
      });

  it('does not affect a call whose body throws when it is read', async () => {
    const client = wrapOpenAI(new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl }));
    const body = {
      model: 'gpt-4o',
      messages: [],
      get temperature(): number {
        // Once for the client, which is the second to look.
        if (reads++ === 0) throw new Error('not now');
        return 0.5;
      },
    };
    let reads = 0;
    expect((await client.chat.completions.create(body)).model).to.equal('gpt-4o');
    expect(diag.messages.map(({ message }) => message)).to.deep.equal([
      '@llm-otel/tracing: a request could not be read',
    ]);
  });

  it('does not affect calls with bodies of any shape', async () => {
    const client = wrapOpenAI(
      new OpenAI({
        apiKey: 'key',
        maxRetries: 0,
        fetch: async () => new Response(answers.shift(), { headers: { 'content-type': 'application/json' } }),
      }),
    );
    const answers = ['null', '[]', '7', '{"choices":{}}', '{"choices":[null],"usage":"much"}', '"text"', ''];
    for (const body of [{}, { messages: 'x' }, { messages: [null, 1] }, { model: 7 }, [], 'x', { stream: 1 }])
      await client.chat.completions.create(body as never).catch((error: unknown) => {
        // The client's own: the empty body does not parse.
        expect(String(error)).to.match(/JSON|stream/);
      });
    expect(answers).to.have.length(0);
    expect(diag.messages).to.have.length(0);
  });
});
