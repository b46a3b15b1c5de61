import type { LlmUsage } from '@llm-otel/semantic-conventions';
import { expect } from 'chai';
import { costOfUsage } from '../src/cost-of-usage.js';
import type { Rates } from '../src/price-period.js';

const rates = {
  input: 1,
  output: 10,
  cacheRead: 0.5,
  cacheWrite: 2,
  cacheWrite1h: 4,
  inputAudio: 30,
  cacheReadAudio: 3,
  outputAudio: 60,
  reasoning: 20,
  request: 0,
};

const cost = (usage: LlmUsage, at: Rates) =>
  costOfUsage(usage, at, { provider: 'acme', model: 'm', source: 'catalog' });

describe('costOfUsage', () => {
  it('charges each input token once', () => {
    const usage = {
      inputTokens: 10,
      outputTokens: 0,
      cacheReadTokens: 4,
      cacheWriteTokens: 3,
      cacheWrite1hTokens: 1,
    };
    expect(cost(usage, rates)).to.include({
      inputUsd: 3e-6,
      cacheReadUsd: 2e-6,
      cacheWriteUsd: 8e-6,
    });
  });

  it('treats tokens written for one hour as all written tokens if only they are given', () => {
    const usage = { inputTokens: 10, outputTokens: 0, cacheWrite1hTokens: 5 };
    expect(cost(usage, rates)).to.include({ inputUsd: 5e-6, cacheWriteUsd: 20e-6 });
  });

  it('treats audio as uncached as far as possible, and as cached beyond that', () => {
    const usage = { inputTokens: 10, outputTokens: 0, cacheReadTokens: 6, inputAudioTokens: 5 };
    expect(cost(usage, rates)).to.include({
      inputUsd: (4 * 30) / 1e6,
      cacheReadUsd: (5 * 0.5 + 3) / 1e6,
    });
  });

  it('limits audio and reasoning to the counts of which they are part', () => {
    const usage = {
      inputTokens: 2,
      outputTokens: 3,
      inputAudioTokens: 99,
      outputAudioTokens: 1,
      reasoningTokens: 99,
    };
    expect(cost(usage, rates)).to.include({ inputUsd: 60e-6, outputUsd: 100e-6 });
  });

  it('adds up in millionths, so that short decimals stay exact', () => {
    const gpt4o = { ...rates, input: 2.5, output: 10 };
    expect(cost({ inputTokens: 1500, outputTokens: 350 }, gpt4o)?.totalUsd).to.equal(0.00725);
  });
});
