import { join } from 'node:path';
import { expect } from 'chai';
import { everyCall, type Services } from '../../../packages/llm-otel/test/register/services.js';
import { servicesFor } from './services-for.js';

const root = join(__dirname, '..');
const node22 = join(root, 'node_modules', 'node-22', 'bin', 'node');

/** The NodeSDK of each line, and a Node that it runs on. */
const sdks = {
  '1.30': { path: join(root, 'node_modules', 'sdk-node-1'), node: process.execPath },
  '2.12': { path: join(root, 'node_modules', 'sdk-node-2'), node: process.execPath },
  '3.1': { path: join(root, 'sdk-3', 'node_modules', '@opentelemetry', 'sdk-node'), node: node22 },
};

for (const [line, { path, node }] of Object.entries(sdks))
  describe(`llm-otel/register after a NodeSDK of ${line}`, function () {
    this.timeout(120_000);
    let services: Services;

    before(async function () {
      services = await servicesFor(this, node);
    });
    after(() => services?.close());

    for (const app of ['calls.mjs', 'calls.cjs'])
      it(`prices and redacts the spans of ${app} before their exporter receives them`, async () => {
        const { stderr, spans } = await services.runCalls(app, {
          node,
          nodeArguments: ['--require', join(root, 'apps', 'node-sdk.cjs'), '--import', 'llm-otel/register'],
          environment: { SDK_NODE: path, LLM_OTEL_CAPTURE_CONTENT: 'true' },
        });
        // There is one pipeline, and it is theirs.
        expect(spans).to.deep.equal([]);
        const exported: { name: string; attributes: Record<string, unknown> }[] = JSON.parse(stderr);
        expect(exported.map(({ name }) => name)).to.deep.equal(everyCall);
        expect(exported.map(({ attributes }) => attributes['llm.cost_usd'])).to.deep.equal([
          0.00725,
          0.00725,
          0.04875,
          undefined,
        ]);
        expect(stderr).not.to.include('CANARY');
        // Content was there to be removed.
        expect(stderr).to.include('llm.prompt.message_count');
      });
  });
