import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchingSpanExporter } from '@llm-otel/batching-exporter';
import { expect } from 'chai';
import { readSettings } from '../../src/register/settings.js';

describe('the environment of llm-otel/register', () => {
  it('has safe defaults', () => {
    expect(readSettings({})).to.deep.equal({
      disabled: false,
      exporter: 'otlp',
      sampler: { parentBased: true, ratio: 1 },
      spanLimits: {},
      batching: { queue: {}, batch: {} },
      resourceDetectors: ['env'],
      propagators: ['tracecontext', 'baggage'],
      conventions: ['llm', 'gen_ai'],
      captureContent: false,
      includeUsage: false,
      providers: {},
      cost: { mirror: [] },
      redaction: { content: 'remove' },
      storageDirectory: undefined,
      logLevel: 'warn',
      problems: [],
      providerProblems: [],
    });
  });

  it("is read with OpenTelemetry's spelling of variables and values", () => {
    const settings = readSettings({
      OTEL_SDK_DISABLED: 'TRUE',
      OTEL_TRACES_EXPORTER: 'console',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_ATTRIBUTE_COUNT_LIMIT: '64',
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '4096',
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: ' 2048 ',
      OTEL_SPAN_EVENT_COUNT_LIMIT: '0',
      OTEL_SPAN_LINK_COUNT_LIMIT: '3',
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: '4',
      OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT: '5',
      OTEL_BSP_SCHEDULE_DELAY: '5000',
      OTEL_BSP_EXPORT_TIMEOUT: ' 20000 ',
      OTEL_BSP_MAX_QUEUE_SIZE: '2048',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2048',
      OTEL_NODE_RESOURCE_DETECTORS: 'env, SERVICEINSTANCE,host,',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop, repo = https%3A%2F%2Fgit.corp%2F%3Fa%3Db,',
      OTEL_PROPAGATORS: ' tracecontext ',
      OTEL_LOG_LEVEL: 'DEBUG',
      LLM_OTEL_CONVENTIONS: 'gen_ai,gen_ai',
      LLM_OTEL_CAPTURE_CONTENT: 'true',
      LLM_OTEL_INCLUDE_USAGE: 'true',
      LLM_OTEL_PROVIDERS: 'gateway.corp=azure, localhost:8000 = vllm,',
      LLM_OTEL_COST_MIRROR: 'openlit,langfuse',
      LLM_OTEL_REDACTION: 'hash',
      LLM_OTEL_REDACTION_HMAC_KEY: 'secret',
      LLM_OTEL_STORAGE_DIRECTORY: '/var/spool/llm-otel',
    });
    expect(settings).to.deep.equal({
      disabled: true,
      exporter: 'console',
      sampler: { parentBased: false, ratio: 0.25 },
      spanLimits: {
        attributeCountLimit: 64,
        attributeValueLengthLimit: 2048,
        eventCountLimit: 0,
        linkCountLimit: 3,
        attributePerEventCountLimit: 4,
        attributePerLinkCountLimit: 5,
      },
      batching: {
        queue: { maxSpans: 2048 },
        batch: { maxSpans: 2048, flushIntervalMillis: 5000 },
        timeoutMillis: 20000,
      },
      // In the order in which they are merged: what the environment says wins.
      resourceDetectors: ['host', 'serviceinstance', 'env'],
      propagators: ['tracecontext'],
      conventions: ['gen_ai'],
      captureContent: true,
      includeUsage: true,
      providers: { 'gateway.corp': 'azure', 'localhost:8000': 'vllm' },
      cost: { mirror: ['openlit', 'langfuse'] },
      redaction: { content: 'hash', hmacKey: 'secret' },
      storageDirectory: '/var/spool/llm-otel',
      logLevel: 'debug',
      problems: [],
      providerProblems: [],
    });
    for (const none of ['none', 'NONE', ' none ', 'none,', 'none,none'])
      expect(readSettings({ OTEL_PROPAGATORS: none })).to.deep.include({
        propagators: [],
        providerProblems: [],
      });
    const detectorsOf = (OTEL_NODE_RESOURCE_DETECTORS: string) =>
      readSettings({ OTEL_NODE_RESOURCE_DETECTORS }).resourceDetectors;
    expect(detectorsOf('none')).to.deep.equal([]);
    expect(detectorsOf('env,none')).to.deep.equal([]);
    expect(detectorsOf('all')).to.deep.equal(['host', 'os', 'process', 'serviceinstance', 'env']);
    expect(readSettings({ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }).sampler).to.deep.equal({
      parentBased: true,
      ratio: 0,
    });
  });

  const wrong: [variables: Record<string, string>, safe: object][] = [
    [{ OTEL_SDK_DISABLED: 'yes' }, { disabled: false }],
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, { exporter: 'otlp' }],
    [{ OTEL_LOG_LEVEL: 'loud' }, { logLevel: 'warn' }],
    [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, { sampler: { parentBased: true, ratio: 1 } }],
    [
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '25%' },
      { sampler: { parentBased: false, ratio: 1 } },
    ],
    [{ OTEL_ATTRIBUTE_COUNT_LIMIT: '-1' }, { spanLimits: {} }],
    [{ OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '0' }, { spanLimits: {} }],
    [
      { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '10', OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '4 KiB' },
      { spanLimits: { attributeValueLengthLimit: 10 } },
    ],
    [{ OTEL_BSP_SCHEDULE_DELAY: '0' }, { batching: { queue: {}, batch: {} } }],
    [{ OTEL_BSP_SCHEDULE_DELAY: '-1' }, { batching: { queue: {}, batch: {} } }],
    [{ OTEL_BSP_EXPORT_TIMEOUT: '2147483648' }, { batching: { queue: {}, batch: {} } }],
    [{ OTEL_BSP_MAX_QUEUE_SIZE: '2k' }, { batching: { queue: {}, batch: {} } }],
    [
      { OTEL_BSP_MAX_QUEUE_SIZE: '100', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '512' },
      { batching: { queue: { maxSpans: 100 }, batch: {} } },
    ],
    [{ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '65537' }, { batching: { queue: {}, batch: {} } }],
    [{ OTEL_NODE_RESOURCE_DETECTORS: 'host,aws' }, { resourceDetectors: ['host'] }],
    [{ OTEL_NODE_RESOURCE_DETECTORS: 'container' }, { resourceDetectors: ['env'] }],
    [{ OTEL_CONFIG_FILE: '/etc/otel.yaml' }, {}],
    [{ LLM_OTEL_COST_MIRROR: 'langfuse,datadog' }, { cost: { mirror: ['langfuse'] } }],
    [{ LLM_OTEL_COST_MIRROR: 'phoenix' }, { cost: { mirror: [] } }],
    [{ OTEL_PROPAGATORS: 'b3,baggage' }, { propagators: ['baggage'] }],
    [{ LLM_OTEL_CONVENTIONS: 'openinference' }, { conventions: ['llm', 'gen_ai'] }],
    [{ LLM_OTEL_CAPTURE_CONTENT: '1' }, { captureContent: false }],
    [{ LLM_OTEL_PROVIDERS: 'gateway.corp=azure,vllm' }, { providers: { 'gateway.corp': 'azure' } }],
    [{ LLM_OTEL_PROVIDERS: 'https://gateway.corp/v1=azure' }, { providers: {} }],
    [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop,repo=https://git.corp/?a=b' }, {}],
    [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop,discount=100%' }, {}],
    [{ OTEL_RESOURCE_ATTRIBUTES: `service.name=shop,note=${'x'.repeat(256)}` }, {}],
    [{ LLM_OTEL_REDACTION: 'off' }, { redaction: { content: 'remove' } }],
    [{ LLM_OTEL_REDACTION: 'hash' }, { redaction: { content: 'remove' } }],
  ];
  for (const [variables, safe] of wrong)
    it(`is replaced by a default, which is reported: ${JSON.stringify(variables)}`, () => {
      const settings = readSettings(variables);
      expect(settings).to.deep.include(safe);
      const problems = [...settings.problems, ...settings.providerProblems];
      expect(problems).to.have.length(1);
      const [name, value] = Object.entries(variables).at(-1) ?? [];
      expect(problems[0]).to.include(name).and.include(value);
    });

  it('reports variables of the resource that its detectors leave out', () => {
    const variables = { OTEL_SERVICE_NAME: 'shop', OTEL_RESOURCE_ATTRIBUTES: 'not valid' };
    const { providerProblems } = readSettings({ ...variables, OTEL_NODE_RESOURCE_DETECTORS: 'host' });
    expect(providerProblems).to.have.length(1);
    expect(providerProblems[0]).to.include('OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES are ignored');
    expect(readSettings({ OTEL_NODE_RESOURCE_DETECTORS: 'none' }).providerProblems).to.deep.equal([]);
  });

  it('refuses batches that the exporter would refuse', () => {
    const exporter = { export: () => undefined, shutdown: async () => undefined };
    for (const size of ['65536', '65537', '999999999999999']) {
      const { batching } = readSettings({ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: size });
      expect(() => new BatchingSpanExporter(exporter, batching)).not.to.throw();
    }
  });

  it('separates problems that only matter for a provider of its own', () => {
    const environment = {
      OTEL_TRACES_EXPORTER: 'otlp,console',
      OTEL_TRACES_SAMPLER: 'jaeger_remote',
      OTEL_SPAN_LINK_COUNT_LIMIT: 'few',
      OTEL_BSP_MAX_QUEUE_SIZE: 'many',
      OTEL_NODE_RESOURCE_DETECTORS: 'gcp',
      OTEL_CONFIG_FILE: 'otel.yaml',
      OTEL_PROPAGATORS: 'b3',
      LLM_OTEL_REDACTION: 'off',
    };
    const { problems, providerProblems } = readSettings(environment);
    expect(problems.map((problem) => problem.split(' ', 1)[0])).to.deep.equal(['LLM_OTEL_REDACTION']);
    expect(providerProblems).to.have.length(7);
  });

  describe('with a policy file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'llm-otel-policy-'));
    after(() => rmSync(directory, { recursive: true }));
    const policy = (content: object): string => {
      const path = join(directory, 'policy.json');
      writeFileSync(path, JSON.stringify(content));
      return path;
    };

    it('redacts by it, with the hmacKey from its own variable', () => {
      const LLM_OTEL_REDACTION_POLICY = policy({ version: 1, content: 'hash', preset: 'strict' });
      const { redaction, problems } = readSettings({
        LLM_OTEL_REDACTION_POLICY,
        LLM_OTEL_REDACTION_HMAC_KEY: 'secret',
      });
      expect(redaction).to.deep.equal({ content: 'hash', preset: 'strict', hmacKey: 'secret' });
      expect(problems).to.deep.equal([]);
    });

    it('reports that LLM_OTEL_REDACTION is ignored', () => {
      const LLM_OTEL_REDACTION_POLICY = policy({ version: 1, content: 'mask' });
      const settings = readSettings({ LLM_OTEL_REDACTION_POLICY, LLM_OTEL_REDACTION: 'keep' });
      expect(settings.redaction.content).to.equal('mask');
      expect(settings.problems).to.deep.equal([
        'LLM_OTEL_REDACTION is ignored, because LLM_OTEL_REDACTION_POLICY is set',
      ]);
    });

    it('removes content if the file is missing or invalid, and reports why', () => {
      const rules = { version: 1, rules: [{ name: 'mine', match: { key: 'a' }, action: 'shred' }] };
      for (const [path, reason] of [
        [join(directory, 'none.json'), 'ENOENT'],
        [policy(rules), 'mine'],
      ] as const) {
        const { redaction, problems } = readSettings({ LLM_OTEL_REDACTION_POLICY: path });
        expect(redaction).to.deep.equal({ content: 'remove' });
        expect(problems).to.have.length(1);
        expect(problems[0]).to.include("LLM_OTEL_REDACTION_POLICY can't be used").and.include(reason);
      }
    });
  });

  describe('with a file of prices', () => {
    const directory = mkdtempSync(join(tmpdir(), 'llm-otel-prices-'));
    after(() => rmSync(directory, { recursive: true }));
    const LLM_OTEL_PRICES = join(directory, 'prices.json');

    it('prices by it', () => {
      const override = { model: 'acme', inputPerMTok: 1, outputPerMTok: 2 };
      writeFileSync(LLM_OTEL_PRICES, JSON.stringify({ version: 1, overrides: [override] }));
      expect(readSettings({ LLM_OTEL_PRICES, LLM_OTEL_COST_MIRROR: 'openlit' })).to.deep.include({
        cost: { mirror: ['openlit'], overrides: [override] },
        problems: [],
      });
    });

    it('prices by the catalogue if the file is missing or invalid, and reports why', () => {
      writeFileSync(LLM_OTEL_PRICES, JSON.stringify({ version: 1, overrides: [{ model: 'acme' }] }));
      for (const [path, reason] of [
        [join(directory, 'none.json'), 'ENOENT'],
        [LLM_OTEL_PRICES, 'overrides[0] (model "acme")'],
      ] as const) {
        const { cost, problems } = readSettings({ LLM_OTEL_PRICES: path });
        expect(cost).to.deep.equal({ mirror: [] });
        expect(problems).to.have.length(1);
        expect(problems[0]).to.include("LLM_OTEL_PRICES can't be used").and.include(path).and.include(reason);
      }
    });
  });

  it('does not repeat a secret in a problem', () => {
    const { problems } = readSettings({ LLM_OTEL_REDACTION: 'hush', LLM_OTEL_REDACTION_HMAC_KEY: 'secret' });
    expect(problems.join()).not.to.include('secret');
  });
});
