import { join } from 'node:path';
import { expect } from 'chai';
import { everyCall, leaks, type Services } from '../../../packages/llm-otel/test/register/services.js';
import { newerNodes } from './nodes.js';
import { servicesFor } from './services-for.js';

const here = join(__dirname, '..', 'node_modules');
const auto = join(here, '@opentelemetry', 'auto-instrumentations-node', 'build', 'src', 'register.js');
const ours = ['--import', 'llm-otel/register'];
const theirs = ['--import', auto];
const orders = { alone: ours, 'before it': [...ours, ...theirs], 'after it': [...theirs, ...ours] };
const nodes = { [`Node ${process.versions.node}`]: process.execPath, ...newerNodes };

for (const [line, node] of Object.entries(nodes))
  describe(`llm-otel/register and auto-instrumentations-node on ${line}`, function () {
    this.timeout(120_000);
    let services: Services;

    before(async function () {
      services = await servicesFor(this, node);
    });
    after(() => services?.close());

    const run = (app: string, nodeArguments: readonly string[], disabled = 'openai') =>
      services.runCalls(app, {
        node,
        nodeArguments,
        environment: {
          OTEL_METRICS_EXPORTER: 'none',
          OTEL_LOGS_EXPORTER: 'none',
          // The detectors of clouds look for servers that are not there.
          OTEL_NODE_RESOURCE_DETECTORS: 'env',
          OTEL_NODE_DISABLED_INSTRUMENTATIONS: disabled,
        },
      });

    for (const app of ['calls.mjs', 'calls.cjs'])
      for (const [order, nodeArguments] of Object.entries(orders))
        it(`traces and prices each call of ${app} once, ${order}`, async () => {
          const { spans, stderr } = await run(app, nodeArguments);
          const calls = spans.filter(({ scope }) => scope.name === '@llm-otel/tracing');
          expect(calls.map(({ name }) => name)).to.deep.equal(everyCall);
          expect(calls.map(({ attributes }) => attributes['llm.cost_usd'])).to.deep.equal([
            0.00725,
            0.00725,
            0.04875,
            undefined,
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
          expect(leaks(spans)).to.equal(false);
          if (order === 'before it')
            expect(stderr).to.include('another OpenTelemetry SDK was started after it');
          else expect(stderr).to.equal('');
        });

    it('prices a call once if the other instrumentation traces it as well', async () => {
      const { spans } = await run('calls.cjs', orders['after it'], '');
      const costs = spans.map(({ attributes }) => attributes['llm.cost_usd']).filter(Number);
      expect(costs.sort()).to.deep.equal([0.00725, 0.00725, 0.04875]);
      expect(spans.filter(({ scope }) => scope.name.endsWith('instrumentation-openai'))).to.have.length(3);
    });
  });
