import { expect } from 'chai';
import { Services } from './services.js';

describe('llm-otel/register and clients from submodules and from the packages for platforms', function () {
  this.timeout(60_000);
  let services: Services;
  before(async () => {
    services = await Services.start();
  });
  after(() => services.close());
  beforeEach(() => services.receiver.clear());

  for (const app of ['clients.mjs', 'clients.cjs'])
    it(`traces each call of ${app} once, and keeps a class one in all modules`, async () => {
      const { stdout, stderr } = await services.run(app);
      expect(stderr).to.equal('');
      const { texts, ...same } = JSON.parse(stdout);
      expect(same).to.deep.equal({ openAi: true, azure: true });
      expect(texts).to.have.length(6);
      expect(new Set(texts)).to.deep.equal(new Set(['Hello from the fake provider.']));
      const spans = await services.receiver.spans();
      expect(spans.map(({ scope, attributes }) => [scope.name, attributes['llm.model']])).to.deep.equal(
        // OpenAI, AzureOpenAI, Anthropic, AnthropicBedrock, a class that extends that, AnthropicVertex
        ['gpt-4o', 'gpt-4o', 'claude-opus-4-1', bedrockModel, bedrockModel, 'claude-opus-4-1@20250805'].map(
          (model) => ['@llm-otel/tracing', model],
        ),
      );
      for (const { attributes } of spans) expect(attributes).to.include({ 'llm.tokens.input': 20 });
    });
});

const bedrockModel = 'anthropic.claude-opus-4-1-20250805-v1:0';
