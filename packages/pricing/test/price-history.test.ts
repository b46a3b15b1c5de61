import { PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';

describe('the price on the date of the call', () => {
  const catalog = new PriceCatalog();
  const total = (model: string, at: string, inputTokens = 1500, outputTokens = 350) =>
    catalog.quote({ model, usage: { inputTokens, outputTokens }, at: new Date(at) })?.totalUsd;

  it('o3 fell from 10/40 to 2/8 on 2025-06-10', () => {
    expect(total('o3', '2025-05-01T00:00:00Z')).to.equal(0.029);
    expect(total('o3', '2025-06-09T23:59:59.999Z')).to.equal(0.029);
    expect(total('o3', '2025-06-10T00:00:00Z')).to.equal(0.0058);
  });

  it('gpt-4o fell from 5/15 to 2.5/10 on 2024-10-02', () => {
    expect(total('gpt-4o', '2024-05-13T12:00:00Z')).to.equal(0.01275);
    expect(total('gpt-4o', '2024-10-01T23:59:59.999Z')).to.equal(0.01275);
    expect(total('gpt-4o', '2024-10-02T00:00:00Z')).to.equal(0.00725);
  });

  it('gpt-4o-2024-05-13 stayed at 5/15, gpt-4o-2024-08-06 never cost that', () => {
    expect(total('gpt-4o-2024-05-13', '2026-11-22T12:00:00Z')).to.equal(0.01275);
    expect(total('gpt-4o-2024-08-06', '2024-09-01T12:00:00Z')).to.equal(0.00725);
  });

  it('mistral-large-latest fell from 2/6 to 0.5/1.5 with Mistral Large 3', () => {
    expect(total('mistral-large-latest', '2025-12-01T23:59:59Z')).to.equal(0.0051);
    expect(total('mistral-large-latest', '2025-12-02T00:00:00Z')).to.equal(0.001275);
  });

  it('gemini-2.5-pro costs its base price up to 200,000 input tokens, and more for all tokens beyond that', () => {
    expect(total('gemini-2.5-pro', '2026-11-22T12:00:00Z', 200_000)).to.equal(0.2535);
    expect(total('gemini-2.5-pro', '2026-11-22T12:00:00Z', 200_001)).to.equal(
      (200_001 * 2.5 + 350 * 15) / 1e6,
    );
    expect(total('gemini-2.5-pro', '2026-11-22T12:00:00Z', 250_000)).to.equal(0.63025);
  });

  it('counts cached tokens towards the tier', () => {
    const usage = { inputTokens: 200_001, outputTokens: 0, cacheReadTokens: 200_000 };
    expect(catalog.quote({ model: 'gemini-2.5-pro', usage })?.cacheReadUsd).to.equal(0.05);
  });

  it('deepseek-chat cost half between 16:30 and 00:30 UTC', () => {
    expect(total('deepseek-chat', '2025-06-22T16:29:59Z')).to.equal(0.00079);
    expect(total('deepseek-chat', '2025-06-22T16:30:00Z')).to.equal(0.000395);
    expect(total('deepseek-chat', '2025-06-23T00:29:59Z')).to.equal(0.000395);
    expect(total('deepseek-chat', '2025-06-23T00:30:00Z')).to.equal(0.00079);
  });

  it('does not freeze when a model is remembered', () => {
    const dates = ['2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'];
    expect(dates.map((date) => total('o3', date))).to.deep.equal([0.0058, 0.029, 0.0058]);
  });

  it("is today's if no time is given", () => {
    const usage = { inputTokens: 1500, outputTokens: 350 };
    expect(catalog.quote({ model: 'o3', usage })?.totalUsd).to.equal(0.0058);
  });

  it('is undefined at an invalid time', () => {
    expect(total('gpt-4o', 'not a date')).to.equal(undefined);
  });
});
