import { expect } from 'chai';
import { Services } from './services.js';

/** The calls of `clients.*`, each for a model that is named for its client. */
const models = [
  'client',
  'azure',
  'azure-submodule',
  'bedrock',
  'bedrock-submodule',
  'bedrock-provider',
  'anthropic-client',
  'anthropic-bedrock',
  'anthropic-bedrock-subclass',
  'anthropic-mantle',
  'anthropic-foundry',
  'anthropic-aws',
  'anthropic-vertex',
  'anthropic-foundry-beta',
  'anthropic-aws-beta',
  'bedrock-stream',
];

describe('llm-otel/register and clients from submodules and from the packages for platforms', function () {
  this.timeout(60_000);
  const services = Services.ofSuite();

  for (const app of ['clients.mjs', 'clients.cjs'])
    it(`traces each call of ${app} once, with the same class in all modules`, async () => {
      const { stdout, stderr } = await services.run(app);
      expect(stderr).to.equal('');
      expect(JSON.parse(stdout)).to.deep.equal({
        texts: Object.fromEntries(models.map((model) => [model, 'Hello from the fake provider.'])),
        sameClasses: { OpenAI: true, AzureOpenAI: true, BedrockOpenAI: true },
      });
      const spans = await services.receiver.spans();
      expect(spans.map(({ scope, attributes }) => [scope.name, attributes['llm.model']])).to.deep.equal(
        models.map((model) => ['@llm-otel/tracing', model]),
      );
      for (const { attributes } of spans)
        expect(attributes).to.include({ 'llm.tokens.input': 20, 'llm.retry_count': 0 });
    });

  it('traces a package that is imported under another name', async () => {
    const { code, stderr } = await services.run('by-file.mjs');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect((await services.receiver.spans()).map(({ name }) => name)).to.deep.equal(['chat gpt-4o']);
  });
});
