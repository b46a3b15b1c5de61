import { PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';

/**
 * The column "list" of the project's price study (2026-11-22): the providers' own prices in USD for 1,500
 * input and 350 output tokens, then for the same with 1,000 of the input tokens read from the cache.
 */
const list: readonly [provider: string, model: string, plain: number, cached: number][] = [
  ['anthropic', 'claude-3-opus-20240229', 0.04875, 0.03525],
  ['anthropic', 'claude-3-5-sonnet-20241022', 0.00975, 0.00705],
  ['anthropic', 'claude-3-5-sonnet', 0.00975, 0.00705],
  ['anthropic', 'claude-3-haiku-20240307', 0.0008125, 0.0005925],
  ['anthropic', 'claude-3-5-haiku-20241022', 0.0026, 0.00188],
  ['anthropic', 'claude-sonnet-4-5-20250929', 0.00975, 0.00705],
  ['anthropic', 'claude-opus-4-5-20251101', 0.01625, 0.01175],
  ['openai', 'gpt-4-turbo', 0.0255, 0.0255],
  ['openai', 'gpt-4o', 0.00725, 0.006],
  ['openai', 'gpt-4o-2024-05-13', 0.01275, 0.01275],
  ['openai', 'gpt-4o-mini', 0.000435, 0.00036],
  ['openai', 'gpt-4.1', 0.0058, 0.0043],
  ['openai', 'o3', 0.0058, 0.0043],
  ['openai', 'o1', 0.0435, 0.036],
  ['openai', 'gpt-5', 0.005375, 0.00425],
  ['openai', 'gpt-3.5-turbo', 0.001275, 0.001275],
  ['google', 'gemini-2.5-pro', 0.005375, 0.00425],
  ['google', 'gemini-2.5-flash', 0.001325, 0.001055],
  ['google', 'gemini-2.0-flash', 0.00029, 0.000215],
  ['mistral', 'mistral-large-latest', 0.001275, 0.001275],
  // The name was retired in July 2026; the package still has its old price, which applies during the day in Europe.
  ['deepseek', 'deepseek-chat', 0.00079, 0.00059],
  ['xai', 'grok-4', 0.00975, 0.0075],
  ['xai', 'grok-3', 0.00975, 0.0075],
  ['amazon-bedrock', 'anthropic.claude-3-opus-20240229-v1:0', 0.04875, 0.04875],
  ['amazon-bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 0.010725, 0.007755],
  ['azure', 'gpt-4o', 0.00725, 0.006],
  ['groq', 'llama-3.3-70b-versatile', 0.0011615, 0.0011615],
];

describe('list prices of 2026-11-22', () => {
  const catalog = new PriceCatalog();
  const at = new Date('2026-11-22T12:00:00Z');

  for (const [provider, model, plain, cached] of list) {
    it(`${provider} ${model}: ${plain} plain, ${cached} cached`, () => {
      const usage = { inputTokens: 1500, outputTokens: 350 };
      const total = (cacheReadTokens: number) =>
        catalog.quote({ provider, model, usage: { ...usage, cacheReadTokens }, at })?.totalUsd;
      expect(total(0)).to.be.closeTo(plain, 1e-15);
      expect(total(1000)).to.be.closeTo(cached, 1e-15);
    });
  }
});
