import { join } from 'node:path';
import { expect } from 'chai';
import { leaks, type Services } from '../../../packages/llm-otel/test/register/services.js';
import { newerNodes } from './nodes.js';
import { servicesFor } from './services-for.js';

// From where the applications of `llm-otel` are.
const apps = join('..', '..', '..', '..', '..', 'test', 'auto-instrumentations', 'apps');
const callsOfClass = ['chat plain', 'chat parsed', 'chat streamed'];

for (const [line, node] of Object.entries(newerNodes))
  describe(`llm-otel/register and openai 7 on ${line}`, function () {
    this.timeout(120_000);
    let services: Services;

    before(async function () {
      services = await servicesFor(this, node);
    });
    after(() => services?.close());

    for (const app of ['openai-7.mjs', 'openai-7.cjs'])
      it(`traces each call of ${app} once`, async () => {
        await services.receiver.clear();
        const { stdout, stderr } = await services.run(join(apps, app), { node });
        expect(stderr).to.equal('');
        expect(JSON.parse(stdout)).to.deep.equal(Array(6).fill('Hello from the fake provider.'));
        const spans = await services.receiver.spans();
        expect(spans.map(({ name }) => name)).to.deep.equal([...callsOfClass, ...callsOfClass]);
        for (const { attributes } of spans) expect(attributes['llm.tokens.total']).to.equal(28);
        expect(leaks(spans)).to.equal(false);
      });
  });
