import AnthropicModule from '@anthropic-ai/sdk';
import { type FakeProvider, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import type OpenAIModule from 'openai';
import { wrapOpenAI } from '../src/index.js';
import { instrumentAnthropic, instrumentOpenAI } from '../src/instrument.js';
import { onlySpan } from './support/spans.js';

type OpenAiExports = typeof import('openai') & typeof OpenAIModule;
const anthropicExports = require('@anthropic-ai/sdk') as typeof import('@anthropic-ai/sdk');

for (const line of ['openai', 'openai-7'])
  describe(`instrumentOpenAI, ${line}`, () => {
    const openAiExports = require(line) as OpenAiExports;
    let fake: FakeProvider;
    beforeEach(async () => {
      fake = await startFakeProvider();
    });
    afterEach(() => fake.close());

    const options = () => ({ apiKey: 'key', baseURL: fake.openAiBaseUrl, maxRetries: 2 });
    const body = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'hi' }] };

    it('names the provider of a host in providersByHost', async () => {
      const { tracer, spans } = recordingProvider();
      const { host } = new URL(fake.openAiBaseUrl);
      const exports = instrumentOpenAI(openAiExports, { tracer, providersByHost: { [host]: 'vllm' } });
      await new exports.OpenAI(options()).chat.completions.create(body);
      expect(onlySpan(spans).attributes).to.include({ 'llm.provider': 'vllm' });
    });

    it('traces the clients of each export of the class, and counts their retries', async () => {
      const { tracer, spans } = recordingProvider();
      const exports = instrumentOpenAI(openAiExports, { tracer });
      expect(exports).not.to.equal(openAiExports);
      expect(exports.OpenAI).to.equal(exports.default);
      expect(exports.OpenAI.OpenAI).to.equal(exports.OpenAI);
      // The exports are a constructor themselves.
      const Callable = exports as unknown as typeof OpenAIModule;
      for (const Client of [exports.OpenAI, exports.default, Callable]) {
        fake.enqueue({ error: { status: 429, retryAfterSeconds: 0.001 } }, { text: 'Hello.' });
        const client = new Client(options());
        const answer = await client.chat.completions.create(body);
        expect(answer.choices[0]?.message.content).to.equal('Hello.');
        expect(client).to.be.instanceOf(exports.OpenAI).and.instanceOf(openAiExports.OpenAI);
        expect(client.constructor).to.equal(exports.OpenAI);
      }
      expect(spans.map(({ name, attributes }) => [name, attributes['llm.retry_count']])).to.deep.equal(
        Array(3).fill(['chat gpt-4o', 1]),
      );
    });

    it('traces subclasses, copies and Azure clients, each call once', async () => {
      const { tracer, spans } = recordingProvider();
      const { OpenAI, AzureOpenAI } = instrumentOpenAI(openAiExports, { tracer });
      let constructed = 0;
      class Mine extends OpenAI {
        readonly #secret = 'mine';
        constructor() {
          super(options());
          constructed++;
        }
        get secret() {
          return this.#secret;
        }
      }
      const mine = new Mine();
      expect(mine.secret).to.equal('mine');
      expect(constructed).to.equal(1);
      await mine.chat.completions.create(body);
      await new OpenAI(options())
        .withOptions({ timeout: 5000 })
        .withOptions({})
        .chat.completions.create(body);
      await new AzureOpenAI({ ...options(), apiVersion: '2024-10-21' }).responses.create({
        model: 'gpt-4o',
        input: 'x',
      });
      const wrapped = wrapOpenAI(new OpenAI(options()), { tracer });
      await wrapped.chat.completions.create(body);
      expect(spans.map(({ name }) => name)).to.deep.equal(Array(4).fill('chat gpt-4o'));
    });

    it("traces classes that extend the module's exports, in versions where that is possible", async () => {
      const { tracer, spans } = recordingProvider();
      class Mine extends (instrumentOpenAI(openAiExports, { tracer }) as typeof OpenAIModule) {}
      class MineUntraced extends (openAiExports as typeof OpenAIModule) {}
      const client = new Mine(options());
      expect(client instanceof Mine).to.equal(new MineUntraced(options()) instanceof MineUntraced);
      await client.withOptions({ timeout: 5000 }).chat.completions.create(body);
      onlySpan(spans);
    });

    it('instruments the same exports only once, and returns other exports unchanged', () => {
      const { tracer } = recordingProvider();
      const exports = instrumentOpenAI(openAiExports, { tracer });
      expect(instrumentOpenAI(exports, { tracer })).to.equal(exports);
      expect(instrumentOpenAI(exports.OpenAI, { tracer })).to.equal(exports.OpenAI);
      expect(exports.APIError).to.equal(openAiExports.APIError);
      expect(exports.toFile).to.equal(openAiExports.toFile);
      for (const other of [undefined, null, 5, 'text', { a: 1 }])
        expect(instrumentOpenAI(other)).to.equal(other);
    });

    it("throws the error of the client's constructor unchanged", () => {
      const { tracer } = recordingProvider();
      const { OpenAI } = instrumentOpenAI(openAiExports, { tracer });
      const construct = (Client: typeof OpenAIModule) => {
        try {
          return new Client({ apiKey: undefined, dangerouslyAllowBrowser: false });
        } catch (error) {
          return (error as Error).message;
        }
      };
      const key = process.env.OPENAI_API_KEY;
      delete process.env.OPENAI_API_KEY;
      expect(construct(OpenAI)).to.be.a('string').and.equal(construct(openAiExports.OpenAI));
      if (key !== undefined) process.env.OPENAI_API_KEY = key;
    });
  });

describe('instrumentAnthropic', () => {
  it('traces each message once, without a second span from the client', async () => {
    const fake = await startFakeProvider();
    const { tracer, spans, getTracer } = recordingProvider();
    const { Anthropic } = instrumentAnthropic(anthropicExports, { tracer });
    for (const openTelemetry of [undefined, { tracerProvider: { getTracer } }]) {
      const client = new Anthropic({
        apiKey: 'key',
        baseURL: fake.anthropicBaseUrl,
        ...(openTelemetry && { openTelemetry }),
      });
      expect(client).to.be.instanceOf(AnthropicModule);
      await client.messages.create({
        model: 'claude-opus-4-1',
        max_tokens: 9,
        messages: [{ role: 'user', content: 'hi' }],
      });
      expect(onlySpan(spans.splice(0)).attributes['llm.provider']).to.equal('anthropic');
    }
    await fake.close();
  });
});
