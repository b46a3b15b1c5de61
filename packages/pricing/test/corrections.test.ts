import { PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';
import { corrections } from '../src/corrections.js';
import { calc } from './support/calc-price.js';

/** One name and one usage that each correction is there for, in its order. */
const examples = [
  ['gpt-4o', { inputTokens: 1e6, outputTokens: 0 }, 5],
  ['mistral-large-latest', { inputTokens: 1e6, outputTokens: 0 }, 0.5],
  ['gpt-4o-audio-preview-2024-10-01', { inputTokens: 1e6, outputTokens: 0, inputAudioTokens: 1e6 }, 100],
  ['gpt-4o-audio-preview', { inputTokens: 1e6, outputTokens: 0, inputAudioTokens: 1e6 }, 40],
  ['gpt-4o-audio-preview', { inputTokens: 1e6, outputTokens: 0, inputAudioTokens: 1e6 }, 40],
  ['gpt-4o-mini-audio-preview', { inputTokens: 0, outputTokens: 1e6, outputAudioTokens: 1e6 }, 20],
  ['gpt-4o-mini-audio-preview', { inputTokens: 0, outputTokens: 1e6, outputAudioTokens: 1e6 }, 20],
  ['amazon.titan-embed-text-v2:0', { inputTokens: 1e6, outputTokens: 0 }, 0.02],
] as const;

describe('corrections', () => {
  const catalog = new PriceCatalog();

  it('have an example each', () => {
    expect(examples.length).to.equal(corrections.length);
  });

  for (const [index, { provider, model, from, until, source, checked }] of corrections.entries()) {
    const [name, usage, totalUsd] = examples[index] ?? examples[0];
    const at = new Date(until === undefined ? '2026-11-22' : Date.parse(until) - 1);

    it(`${name} is corrected, from a source, with a date`, () => {
      expect(model.test(name)).to.equal(true);
      expect(catalog.quote({ provider, model: name, usage, at })?.totalUsd).to.equal(totalUsd);
      expect(source).to.have.length.greaterThan(10);
      expect(
        [checked, from ?? checked, until ?? checked].map((day) => new Date(day).toISOString().slice(0, 10)),
      ).to.deep.equal([checked, from ?? checked, until ?? checked]);
    });

    it(`${name} still needs it: the package says something else`, () => {
      expect(calc(provider, name, usage, at)?.total_price).to.not.be.closeTo(totalUsd, 1e-9);
    });
  }

  it('leave text tokens of an audio model at their own rate', () => {
    const usage = { inputTokens: 3000, outputTokens: 1000, inputAudioTokens: 1000, outputAudioTokens: 500 };
    expect(catalog.quote({ model: 'gpt-4o-audio-preview', usage })).to.include({
      inputUsd: (2000 * 2.5 + 1000 * 40) / 1e6,
      outputUsd: (500 * 10 + 500 * 80) / 1e6,
    });
  });
});
