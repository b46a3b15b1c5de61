import { PriceCatalog, type PriceOverride } from '@llm-otel/pricing';
import { expect } from 'chai';

const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000 };

describe('overrides', () => {
  it('treat undefined as not given', () => {
    const override = { model: 'acme', inputPerMTok: 1, outputPerMTok: 2 };
    const catalog = new PriceCatalog({
      maxModels: undefined,
      overrides: [{ ...override, provider: undefined, cacheReadPerMTok: undefined, from: undefined }],
    });
    expect(catalog.quote({ model: 'acme', usage })?.totalUsd).to.equal(3);
  });

  it('take precedence over the catalogue and its corrections', () => {
    const catalog = new PriceCatalog({
      overrides: [
        { model: 'gpt-4o', inputPerMTok: 1, outputPerMTok: 2 },
        { model: 'mistral-large-latest', inputPerMTok: 3, outputPerMTok: 4 },
      ],
    });
    const quote = catalog.quote({ model: 'gpt-4o', usage });
    expect(quote).to.deep.equal({
      totalUsd: 3,
      inputUsd: 1,
      outputUsd: 2,
      cacheReadUsd: 0,
      cacheWriteUsd: 0,
      provider: 'openai',
      model: 'gpt-4o',
      source: 'override',
    });
    expect(catalog.quote({ model: 'mistral-large-latest', usage })?.totalUsd).to.equal(7);
  });

  it('price models that the catalogue does not know: an Azure deployment, a private model', () => {
    const catalog = new PriceCatalog({
      overrides: [
        { provider: 'azure', model: 'our-deployment', inputPerMTok: 2, outputPerMTok: 8 },
        { model: 'llama3.1:8b', inputPerMTok: 0, outputPerMTok: 0 },
      ],
    });
    expect(catalog.quote({ provider: 'azure.ai.openai', model: 'our-deployment', usage })?.totalUsd).to.equal(
      10,
    );
    expect(catalog.quote({ provider: 'ollama', model: 'llama3.1:8b', usage })).to.include({
      totalUsd: 0,
      provider: 'ollama',
    });
    expect(catalog.quote({ model: 'llama3.1:8b', usage })?.provider).to.equal('unknown');
  });

  describe('for the requested model', () => {
    const price = (overrides: PriceOverride[], provider: string, model: string, requestedModel?: string) =>
      new PriceCatalog({ overrides }).quote({ provider, model, requestedModel, usage })?.totalUsd;
    const override = (model: string | RegExp) => [{ model, inputPerMTok: 1, outputPerMTok: 2 }];

    it('apply where the response names the model behind a deployment', () => {
      const ours = override('our-deployment');
      expect(price(ours, 'azure', 'gpt-4o-2024-08-06', 'our-deployment')).to.equal(3);
      expect(price(override(/^our-/), 'azure', 'gpt-4o-2024-08-06', 'our-deployment')).to.equal(3);
      expect(price(ours, 'azure', 'gpt-4o-2024-08-06', 'their-deployment')).to.equal(12.5);
      expect(price(ours, 'azure', 'gpt-4o-2024-08-06')).to.equal(12.5);
    });

    it('apply where the response names one of its snapshots', () => {
      expect(price(override('gpt-4o'), 'openai', 'gpt-4o-2024-08-06', 'gpt-4o')).to.equal(3);
      expect(
        price(override('Claude-Opus-4-1'), 'anthropic', 'claude-opus-4-1-20250805', 'claude-opus-4-1'),
      ).to.equal(3);
      const latest = 'claude-3-5-haiku-latest';
      expect(price(override(latest), 'anthropic', 'claude-3-5-haiku-20241022', latest)).to.equal(3);
    });

    it('apply where the response names the same model in another spelling', () => {
      const spellings = [
        ['openai', 'openai/gpt-4o', 'gpt-4o-2024-08-06'],
        ['google', 'models/gemini-2.5-pro', 'gemini-2.5-pro'],
        ['gcp.vertex_ai', 'claude-sonnet-4-5@20250929', 'claude-sonnet-4-5-20250929'],
      ] as const;
      for (const [provider, requested, served] of spellings)
        expect(price(override(requested), provider, served, requested), requested).to.equal(3);
    });

    it('do not apply where another model served the call', () => {
      expect(price(override('gpt-4o'), 'openai', 'gpt-4o-mini-2024-07-18', 'gpt-4o')).to.equal(0.75);
      expect(price(override('gpt-4o'), 'openrouter', 'anthropic/claude-haiku-4.5', 'openai/gpt-4o')).to.equal(
        6,
      );
    });

    it('do not apply where another model with an override of its own served the call', () => {
      const own = (provider?: string): PriceOverride[] => [
        ...override('own-large'),
        { model: 'own-small', inputPerMTok: 5, outputPerMTok: 5, provider },
      ];
      expect(price(own(), 'vllm', 'own-small', 'own-large')).to.equal(10);
      expect(price(own('vllm'), 'vllm', 'own-small', 'own-large')).to.equal(10);
      expect(price(own('other'), 'vllm', 'own-small', 'own-large')).to.equal(3);
      expect(price(own(), 'vllm', 'own-small-2026-01-01', 'own-small')).to.equal(10);
      // A pattern for everything else does not say that it is a model of its own.
      const others = { model: /^/, inputPerMTok: 5, outputPerMTok: 5 };
      expect(price([...override('own-large'), others], 'vllm', 'meta/llama', 'own-large')).to.equal(3);
    });

    it('are told apart by requested model, though the same model serves', () => {
      const catalog = new PriceCatalog({ overrides: override('ours') });
      const of = (requestedModel?: string) =>
        catalog.quote({ provider: 'azure', model: 'gpt-4o', requestedModel, usage })?.totalUsd;
      expect([of('ours'), of('theirs'), of(), of('x'.repeat(1_000)), of('ours')]).to.deep.equal([
        3, 12.5, 12.5, 12.5, 3,
      ]);
    });

    it('apply although a name with a line break was asked for before', () => {
      const catalog = new PriceCatalog({ overrides: override('ours') });
      const of = (model: string, requestedModel?: string) =>
        catalog.quote({ provider: 'azure', model, requestedModel, usage })?.totalUsd;
      expect([of('gpt-4o\nours'), of('gpt-4o', 'ours')]).to.deep.equal([undefined, 3]);
      expect([of('gpt-4.1', 'x\nours'), of('gpt-4.1\nx', 'ours')]).to.deep.equal([10, 3]);
    });

    it('of two that match, the first applies, whichever name it is for', () => {
      const overrides = [
        ...override('our-deployment'),
        { model: 'gpt-4o', inputPerMTok: 5, outputPerMTok: 5 },
      ];
      expect(price(overrides, 'azure', 'gpt-4o', 'our-deployment')).to.equal(3);
      expect(price(overrides.reverse(), 'azure', 'gpt-4o', 'our-deployment')).to.equal(10);
    });
  });

  it('match whole names, in any case', () => {
    const catalog = new PriceCatalog({
      overrides: [{ model: 'My-Model', inputPerMTok: 1, outputPerMTok: 1 }],
    });
    expect(catalog.quote({ model: ' MY-MODEL ', usage })).to.include({ totalUsd: 2, model: 'My-Model' });
    const spaced = new PriceCatalog({ overrides: [{ model: ' m ', inputPerMTok: 1, outputPerMTok: 1 }] });
    expect(spaced.quote({ model: 'm', usage })?.totalUsd).to.equal(2);
    expect(catalog.quote({ model: 'my-model-2', usage })).to.equal(undefined);
  });

  it('match a regular expression', () => {
    const catalog = new PriceCatalog({
      overrides: [{ model: /^acme-/i, inputPerMTok: 1, outputPerMTok: 1 }],
    });
    expect(catalog.quote({ model: 'ACME-7b', usage })).to.include({ totalUsd: 2, model: 'ACME-7b' });
    expect(catalog.quote({ model: 'not-acme-7b', usage })).to.equal(undefined);
  });

  it('apply to their provider only, in any of its spellings', () => {
    const catalog = new PriceCatalog({
      overrides: [{ provider: 'x_ai', model: 'grok-4', inputPerMTok: 1, outputPerMTok: 1 }],
    });
    const source = (provider?: string) =>
      catalog.quote({ ...(provider !== undefined && { provider }), model: 'grok-4', usage })?.source;
    expect(source('xai')).to.equal('override');
    expect(source('xai.chat')).to.equal('override');
    // The call has no provider, but the catalogue finds one.
    expect(source()).to.equal('override');
    expect(source('azure')).to.equal('catalog');
  });

  it('apply from one moment until another', () => {
    const catalog = new PriceCatalog({
      overrides: [
        {
          model: 'gpt-4o',
          inputPerMTok: 1,
          outputPerMTok: 1,
          from: new Date('2026-01-01T00:00:00Z'),
          until: new Date('2026-02-01T00:00:00Z'),
        },
      ],
    });
    const source = (at: string) => catalog.quote({ model: 'gpt-4o', usage, at: new Date(at) })?.source;
    expect(source('2025-12-31T23:59:59.999Z')).to.equal('catalog');
    expect(source('2026-01-01T00:00:00Z')).to.equal('override');
    expect(source('2026-01-31T23:59:59.999Z')).to.equal('override');
    expect(source('2026-02-01T00:00:00Z')).to.equal('catalog');
  });

  it('apply in the order of the list', () => {
    const catalog = new PriceCatalog({
      overrides: [
        { model: /^gpt/, inputPerMTok: 1, outputPerMTok: 0, until: new Date('2026-01-01') },
        { model: 'gpt-4o', inputPerMTok: 2, outputPerMTok: 0 },
      ],
    });
    const total = (at: string) => catalog.quote({ model: 'gpt-4o', usage, at: new Date(at) })?.totalUsd;
    expect(total('2025-06-01')).to.equal(1);
    expect(total('2026-06-01')).to.equal(2);
  });

  it('price cached tokens like input tokens by default', () => {
    const cached = {
      inputTokens: 3_000_000,
      outputTokens: 0,
      cacheReadTokens: 1_000_000,
      cacheWriteTokens: 1_000_000,
    };
    const total = (more: Partial<PriceOverride>) =>
      new PriceCatalog({ overrides: [{ model: 'm', inputPerMTok: 4, outputPerMTok: 0, ...more }] }).quote({
        model: 'm',
        usage: cached,
      });
    expect(total({})).to.include({ totalUsd: 12, cacheReadUsd: 4, cacheWriteUsd: 4 });
    expect(total({ cacheReadPerMTok: 0, cacheWritePerMTok: 5 })).to.include({
      totalUsd: 9,
      cacheReadUsd: 0,
      cacheWriteUsd: 5,
    });
  });

  const good = { model: 'm', inputPerMTok: 1, outputPerMTok: 1 };
  const bad: readonly [what: string, override: object, message: string][] = [
    [
      'a negative price',
      { ...good, inputPerMTok: -1 },
      'overrides[1] (model "m"): "inputPerMTok" must be a number of 0 or more, got -1.',
    ],
    [
      'no price',
      { model: 'm', inputPerMTok: 1 },
      '"outputPerMTok" must be a number of 0 or more, got undefined.',
    ],
    [
      'NaN',
      { ...good, cacheReadPerMTok: Number.NaN },
      '"cacheReadPerMTok" must be a number of 0 or more, got NaN.',
    ],
    ['an infinite price', { ...good, cacheWritePerMTok: Number.POSITIVE_INFINITY }, '"cacheWritePerMTok"'],
    [
      'a price as text',
      { ...good, inputPerMTok: '1' },
      '"inputPerMTok" must be a number of 0 or more, got "1".',
    ],
    ['a bad date', { ...good, from: new Date('soon') }, '"from" must be a valid Date, got an invalid Date.'],
    ['a date as text', { ...good, until: '2026-01-01' }, '"until" must be a valid Date, got "2026-01-01".'],
    [
      'dates the wrong way round',
      { ...good, from: new Date('2026-02-01'), until: new Date('2026-01-01') },
      '"from" must be before "until", got 2026-01-01T00:00:00.000Z.',
    ],
    [
      'a pattern that remembers',
      { ...good, model: /m/g },
      'overrides[1] (model /m/g): "model" must be a RegExp without the flags g and y',
    ],
    ['a sticky pattern', { ...good, model: /m/y }, 'without the flags g and y'],
    ['no model', { ...good, model: '' }, '"model" must be a non-empty string or a RegExp, got "".'],
    ['a blank model', { ...good, model: ' ' }, '"model" must be a non-empty string or a RegExp, got " ".'],
    [
      'a model that is no text',
      { ...good, model: 42 },
      '"model" must be a non-empty string or a RegExp, got 42.',
    ],
    [
      'a provider that is no text',
      { ...good, provider: 42 },
      '"provider" must be a non-empty string, got 42.',
    ],
    [
      'an object for a tier',
      { ...good, serviceTier: {} },
      '"serviceTier" must be a non-empty string, got an object.',
    ],
    [
      'no time between its dates',
      { ...good, from: new Date('2026-01-01'), until: new Date('2026-01-01') },
      '"from" must be before "until"',
    ],
    ['an empty provider', { ...good, provider: ' ' }, '"provider" must be a non-empty string'],
    ['an unknown key', { ...good, input: 1 }, 'unknown key; the keys are provider, model, inputPerMTok'],
  ];
  for (const [what, override, message] of bad)
    it(`with ${what} throw a TypeError that names the override`, () => {
      const overrides = [good, override] as PriceOverride[];
      expect(() => new PriceCatalog({ overrides })).to.throw(TypeError, message);
      expect(() => new PriceCatalog({ overrides })).to.throw(TypeError, 'overrides[1]');
    });

  it('throw a TypeError if they are not an array of objects', () => {
    const overrides = (value: unknown) => () => new PriceCatalog({ overrides: value as PriceOverride[] });
    expect(overrides(['gpt-4o'])).to.throw(TypeError, 'overrides[0] must be an object, got "gpt-4o".');
    expect(overrides([null])).to.throw(TypeError, 'overrides[0] must be an object, got null.');
    expect(overrides('gpt-4o')).to.throw(TypeError, 'option "overrides" must be an array');
  });
});
