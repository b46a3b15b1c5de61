import {
  type ForkedFakeProvider,
  type ForkedOtlpReceiver,
  forkFakeProvider,
  forkOtlpReceiver,
  type ReceivedSpan,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { type AppOptions, runApp } from './run-app.js';

describe('llm-otel/register', function () {
  this.timeout(60_000);
  let fake: ForkedFakeProvider;
  let receiver: ForkedOtlpReceiver;
  let environment: Record<string, string>;

  before(async () => {
    [fake, receiver] = await Promise.all([forkFakeProvider(), forkOtlpReceiver()]);
    environment = {
      FAKE_OPENAI: fake.openAiBaseUrl,
      FAKE_ANTHROPIC: fake.anthropicBaseUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: new URL(receiver.url).origin,
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    };
  });
  after(() => Promise.all([fake.close(), receiver.close()]));
  beforeEach(() => receiver.clear());

  const text = 'CANARY-RESPONSE.';
  const usage = { input: 1500, output: 350 };
  const run = async (app: string, options: AppOptions = {}) => {
    await fake.enqueue({ text, usage }, { text, usage }, { text, usage }, { error: { status: 400 } });
    const result = await runApp(app, { ...options, environment: { ...environment, ...options.environment } });
    expect(result.code, result.stderr).to.equal(0);
    expect(JSON.parse(result.stdout)).to.deep.equal({
      answer: text,
      streamed: text,
      message: text,
      failure: 'BadRequestError',
      sameClass: true,
    });
    return { ...result, spans: await receiver.spans() };
  };
  const calls = (spans: readonly ReceivedSpan[]) => spans.map(({ name }) => name);
  const everyCall = ['chat gpt-4o', 'chat gpt-4o', 'chat claude-opus-4-1', 'chat fails'];

  for (const app of ['calls.mjs', 'calls.cjs'])
    for (const nodeArguments of [
      ['--import', 'llm-otel/register'],
      ['--require', 'llm-otel/register'],
    ])
      it(`traces, prices, strips and ships the calls of ${app} with ${nodeArguments[0]}`, async () => {
        const { spans, stderr } = await run(app, { nodeArguments });
        expect(stderr).to.equal('');
        expect(calls(spans)).to.deep.equal(everyCall);
        const [plain, streamed, , failed] = spans;
        expect(plain?.resource).to.include({
          'service.name': 'shop',
          'deployment.environment.name': 'test',
        });
        expect(plain?.attributes).to.include({
          'llm.cost_usd': 0.00725,
          'llm.tokens.input': 1500,
          'gen_ai.usage.input_tokens': 1500,
          'gen_ai.request.model': 'gpt-4o',
        });
        expect(streamed?.attributes).to.include({ 'llm.streaming': true, 'llm.cost_usd': 0.00725 });
        expect(failed?.attributes).to.include({ 'llm.success': false, 'llm.error.type': 'invalid_request' });
        expect(JSON.stringify(spans, (_, value) => (typeof value === 'bigint' ? 0 : value))).not.to.include(
          'CANARY',
        );
      });

  it('exports content when both capture and redaction say so, and only then', async () => {
    const leaks = async (more: Record<string, string>) => {
      await receiver.clear();
      const { spans } = await run('calls.mjs', { environment: more });
      expect(calls(spans)).to.deep.equal(everyCall);
      return JSON.stringify(spans.map(({ attributes }) => attributes)).includes('CANARY');
    };
    expect(await leaks({ LLM_OTEL_CAPTURE_CONTENT: 'true' })).to.equal(false);
    expect(await leaks({ LLM_OTEL_CAPTURE_CONTENT: 'true', LLM_OTEL_REDACTION: 'keep' })).to.equal(true);
  });

  it('says what is wrong with the environment, and removes content all the same', async () => {
    const { spans, stderr } = await run('calls.mjs', {
      environment: {
        LLM_OTEL_REDACTION: 'kepp',
        LLM_OTEL_CAPTURE_CONTENT: 'true',
        LLM_OTEL_CONVENTIONS: 'llm,openinference',
        OTEL_TRACES_SAMPLER: 'sometimes',
      },
    });
    expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.to.include('CANARY');
    expect(calls(spans)).to.deep.equal(everyCall);
    expect(Object.keys(spans[0]?.attributes ?? {}).filter((key) => key.startsWith('gen_ai'))).to.deep.equal(
      [],
    );
    for (const name of ['LLM_OTEL_REDACTION', 'LLM_OTEL_CONVENTIONS', 'OTEL_TRACES_SAMPLER'])
      expect(stderr).to.include(name);
  });

  it('does nothing with OTEL_SDK_DISABLED, and samples as OTEL_TRACES_SAMPLER says', async () => {
    expect((await run('calls.mjs', { environment: { OTEL_SDK_DISABLED: 'true' } })).spans).to.deep.equal([]);
    expect(
      (await run('calls.cjs', { environment: { OTEL_TRACES_SAMPLER: 'always_off' } })).spans,
    ).to.deep.equal([]);
    expect((await run('calls.cjs', { environment: { OTEL_TRACES_EXPORTER: 'none' } })).spans).to.deep.equal(
      [],
    );
  });
});
