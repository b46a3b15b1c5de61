import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runApp } from '../../../packages/llm-otel/test/register/run-app.js';
import {
  type ForkedFakeProvider,
  type ForkedOtlpReceiver,
  forkFakeProvider,
  forkOtlpReceiver,
} from '../../../packages/testing/dist/index.js';

const here = join(__dirname, '..', 'node_modules');
const auto = join(here, '@opentelemetry', 'auto-instrumentations-node', 'build', 'src', 'register.js');
const ours = ['--import', 'llm-otel/register'];
const theirs = ['--import', auto];
const orders = { alone: ours, 'before it': [...ours, ...theirs], 'after it': [...theirs, ...ours] };
const nodes = {
  [`Node ${process.versions.node}`]: process.execPath,
  'Node 22': join(here, 'node-22', 'bin', 'node'),
  'Node 24': join(here, 'node-24', 'bin', 'node'),
};

for (const [line, node] of Object.entries(nodes))
  describe(`llm-otel/register and auto-instrumentations-node on ${line}`, function () {
    this.timeout(120_000);
    let fake: ForkedFakeProvider;
    let receiver: ForkedOtlpReceiver;

    before(async function () {
      if (!existsSync(node)) {
        const reason = `${node} is not there: npm has it for Linux x64 only`;
        if (process.env.CI === 'true') throw new Error(reason);
        console.log(`      skipped: ${reason}`);
        this.skip();
      }
      [fake, receiver] = await Promise.all([forkFakeProvider(), forkOtlpReceiver()]);
    });
    after(() => Promise.all([fake?.close(), receiver?.close()]));

    const text = 'Hello.';
    const run = async (app: string, nodeArguments: readonly string[], more: Record<string, string> = {}) => {
      await receiver.clear();
      const usage = { input: 1500, output: 350 };
      await fake.enqueue({ text, usage }, { text, usage }, { text, usage }, { error: { status: 400 } });
      const result = await runApp(app, {
        node,
        nodeArguments,
        environment: {
          FAKE_OPENAI: fake.openAiBaseUrl,
          FAKE_ANTHROPIC: fake.anthropicBaseUrl,
          OTEL_EXPORTER_OTLP_ENDPOINT: new URL(receiver.url).origin,
          OTEL_METRICS_EXPORTER: 'none',
          OTEL_LOGS_EXPORTER: 'none',
          // The detectors of clouds look for servers that are not there.
          OTEL_NODE_RESOURCE_DETECTORS: 'env',
          OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'openai',
          ...more,
        },
      });
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

    for (const app of ['calls.mjs', 'calls.cjs'])
      for (const [order, nodeArguments] of Object.entries(orders))
        it(`traces and prices each call of ${app} once, ${order}`, async () => {
          const { spans, stderr } = await run(app, nodeArguments);
          const calls = spans.filter(({ scope }) => scope.name === '@llm-otel/tracing');
          expect(calls.map(({ name, attributes }) => [name, attributes['llm.cost_usd']])).to.deep.equal([
            ['chat gpt-4o', 0.00725],
            ['chat gpt-4o', 0.00725],
            ['chat claude-opus-4-1', 0.04875],
            ['chat fails', undefined],
          ]);
          // Their HTTP spans, which are children of the calls, come out of the one provider that there is.
          const requests = spans.filter(({ scope }) => scope.name.endsWith('instrumentation-undici'));
          // And so does each connection that a call opens, if nobody had loaded node:net before them.
          const connections = spans.filter(({ scope }) => scope.name.endsWith('instrumentation-net'));
          for (const { parentSpanId } of connections)
            expect(calls.map(({ spanId }) => spanId)).to.include(parentSpanId);
          expect(requests.map(({ parentSpanId }) => parentSpanId)).to.have.members(
            order === 'alone' ? [] : calls.map(({ spanId }) => spanId),
          );
          expect(spans).to.have.length(calls.length + requests.length + connections.length);
          expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.to.include('CANARY');
          if (order === 'before it') expect(stderr).to.include('an SDK was started after it');
          else expect(stderr).to.equal('');
        });

    it('prices a call once that the other instrumentation traces as well', async () => {
      const { spans } = await run('calls.cjs', orders['after it'], {
        OTEL_NODE_DISABLED_INSTRUMENTATIONS: '',
      });
      const costs = spans.map(({ attributes }) => attributes['llm.cost_usd']).filter(Number);
      expect(costs.sort()).to.deep.equal([0.00725, 0.00725, 0.04875]);
      expect(spans.filter(({ scope }) => scope.name.endsWith('instrumentation-openai'))).to.have.length(3);
    });
  });
