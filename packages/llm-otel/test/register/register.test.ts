import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedSpan } from '@llm-otel/testing';
import { expect } from 'chai';
import { everyCall, leaks, Services } from './services.js';

describe('llm-otel/register', function () {
  this.timeout(60_000);
  const services = Services.ofSuite();
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'llm-otel-register-'));
  });
  after(() => rm(directory, { recursive: true }));

  const names = (spans: readonly ReceivedSpan[]) => spans.map(({ name }) => name);

  for (const app of ['calls.mjs', 'calls.cjs'])
    for (const nodeArguments of [
      ['--import', 'llm-otel/register'],
      ['--require', 'llm-otel/register'],
      ['--import', './test/register/apps/as-sources.mjs', '--import', 'llm-otel/register'],
    ])
      it(`traces, prices, redacts and exports the calls of ${app} with ${nodeArguments.join(' ')}`, async () => {
        const environment = {
          OTEL_SERVICE_NAME: 'shop',
          OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
        };
        const { spans, stderr } = await services.runCalls(app, { nodeArguments, environment });
        expect(stderr).to.equal('');
        expect(names(spans)).to.deep.equal(everyCall);
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
        expect(leaks(spans)).to.equal(false);
      });

  it('exports content only if both capture and redaction are set to', async () => {
    const leaksWith = async (environment: Record<string, string>) => {
      const { spans } = await services.runCalls('calls.mjs', { environment });
      expect(names(spans)).to.deep.equal(everyCall);
      return leaks(spans);
    };
    expect(await leaksWith({ LLM_OTEL_CAPTURE_CONTENT: 'true' })).to.equal(false);
    expect(await leaksWith({ LLM_OTEL_CAPTURE_CONTENT: 'true', LLM_OTEL_REDACTION: 'keep' })).to.equal(true);
  });

  it('cuts values at the limit that OpenTelemetry has a variable for', async () => {
    const environment = { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '5' };
    const { spans } = await services.runCalls('calls.mjs', { environment });
    expect(spans[0]?.attributes['llm.provider']).to.equal('opena');
  });

  it('names the providers of hosts in LLM_OTEL_PROVIDERS', async () => {
    const host = (url: string) => new URL(url).host;
    const { fake } = services;
    const LLM_OTEL_PROVIDERS = `${host(fake.openAiBaseUrl)}=vllm`;
    const { spans } = await services.runCalls('calls.mjs', { environment: { LLM_OTEL_PROVIDERS } });
    expect(new Set(spans.map(({ attributes }) => attributes['llm.provider']))).to.deep.equal(
      new Set(['vllm']),
    );
  });

  it('redacts by a policy file', async () => {
    const policy = join(directory, 'policy.json');
    await writeFile(policy, JSON.stringify({ version: 1, content: 'mask', marker: '[GONE]' }));
    const { spans, stderr } = await services.runCalls('calls.mjs', {
      environment: { LLM_OTEL_CAPTURE_CONTENT: 'true', LLM_OTEL_REDACTION_POLICY: policy },
    });
    expect(stderr).to.equal('');
    expect(leaks(spans)).to.equal(false);
    expect(Object.values(spans[0]?.attributes ?? {})).to.include('[GONE]');
  });

  it('keeps unsent spans in a directory, and sends them from the next process', async () => {
    const LLM_OTEL_STORAGE_DIRECTORY = join(directory, 'spans');
    // Else it would try to send them for some seconds.
    const exit = "process.on('beforeExit', () => setTimeout(() => process.exit(), 500))";
    const unsent = await services.runCalls('calls.mjs', {
      nodeArguments: ['--import', 'llm-otel/register', '--import', `data:text/javascript,${exit}`],
      environment: { LLM_OTEL_STORAGE_DIRECTORY, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    });
    expect(unsent.spans).to.have.length(0);
    const { spans } = await services.runCalls('calls.mjs', { environment: { LLM_OTEL_STORAGE_DIRECTORY } });
    expect(names(spans).toSorted()).to.deep.equal([...everyCall, ...everyCall].toSorted());
  });

  it('prices by the file that LLM_OTEL_PRICES names, or reports what is wrong with it', async () => {
    const LLM_OTEL_PRICES = join(directory, 'prices.json');
    const costsWith = async (override: object) => {
      await writeFile(LLM_OTEL_PRICES, JSON.stringify({ version: 1, overrides: [override] }));
      const { spans, stderr } = await services.runCalls('calls.mjs', { environment: { LLM_OTEL_PRICES } });
      return { costs: spans.map(({ attributes }) => attributes['llm.cost_usd']), stderr };
    };
    const override = { model: { regex: '^gpt-4o' }, inputPerMTok: 2, outputPerMTok: 8, from: '2026-01-01' };
    const ofClaude = 0.04875;
    expect(await costsWith(override)).to.deep.equal({
      costs: [0.0058, 0.0058, ofClaude, undefined],
      stderr: '',
    });
    const { costs, stderr } = await costsWith({ ...override, from: 'January' });
    expect(costs).to.deep.equal([0.00725, 0.00725, ofClaude, undefined]);
    expect(stderr.trim().split('\n')).to.have.length(1);
    expect(stderr)
      .to.include("LLM_OTEL_PRICES can't be used")
      .and.include('overrides[0]')
      .and.include('"January"');
  });

  it('writes the cost under the names that LLM_OTEL_COST_MIRROR lists, whatever the redaction', async () => {
    const costs = async (environment: Record<string, string>) => {
      const { spans, stderr } = await services.runCalls('calls.mjs', { environment });
      expect(stderr).to.equal('');
      const { attributes = {} } = spans[0] ?? {};
      return Object.fromEntries(Object.entries(attributes).filter(([key]) => /cost(?!\.status)/.test(key)));
    };
    const strict = join(directory, 'strict.json');
    await writeFile(strict, JSON.stringify({ version: 1, preset: 'strict' }));
    expect(await costs({})).to.deep.equal({ 'llm.cost_usd': 0.00725 });
    for (const redaction of [{}, { LLM_OTEL_REDACTION_POLICY: strict }])
      expect(await costs({ LLM_OTEL_COST_MIRROR: 'langfuse,openlit', ...redaction })).to.deep.equal({
        'llm.cost_usd': 0.00725,
        'gen_ai.usage.cost': 0.00725,
        'langfuse.observation.cost_details': '{"input":0.00375,"output":0.0035,"total":0.00725}',
      });
  });

  it('requests the usage of streams with LLM_OTEL_INCLUDE_USAGE', async () => {
    const costOfStream = async (environment: Record<string, string>) => {
      const { spans, stderr } = await services.runCalls('calls.mjs', {
        environment: { WITHOUT_USAGE: 'yes', ...environment },
      });
      expect(stderr).to.equal('');
      return spans.find(({ attributes }) => attributes['llm.streaming'] === true)?.attributes['llm.cost_usd'];
    };
    expect(await costOfStream({})).to.equal(undefined);
    expect(await costOfStream({ LLM_OTEL_INCLUDE_USAGE: 'true' })).to.equal(0.00725);
  });

  it('reports each problem with the environment once, and still removes content', async () => {
    const { spans, stderr } = await services.runCalls('calls.mjs', {
      environment: {
        LLM_OTEL_REDACTION: 'kepp',
        LLM_OTEL_CAPTURE_CONTENT: 'true',
        LLM_OTEL_CONVENTIONS: 'llm,openinference',
        OTEL_TRACES_SAMPLER: 'sometimes',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_LOG_LEVEL: 'loud',
      },
    });
    expect(leaks(spans)).to.equal(false);
    expect(names(spans)).to.deep.equal(everyCall);
    expect(Object.keys(spans[0]?.attributes ?? {}).filter((key) => key.startsWith('gen_ai'))).to.deep.equal(
      [],
    );
    for (const name of [
      'LLM_OTEL_REDACTION',
      'LLM_OTEL_CONVENTIONS',
      'OTEL_TRACES_SAMPLER',
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      'OTEL_LOG_LEVEL',
    ])
      expect(stderr.split(`${name} must be`)).to.have.length(2);
  });

  it('does nothing with OTEL_SDK_DISABLED, and samples as OTEL_TRACES_SAMPLER says', async () => {
    const environments = [
      { OTEL_SDK_DISABLED: 'true' },
      { OTEL_TRACES_SAMPLER: 'always_off' },
      { OTEL_TRACES_EXPORTER: 'none' },
    ];
    for (const environment of environments)
      expect((await services.runCalls('calls.mjs', { environment })).spans).to.deep.equal([]);
  });
});
