import { calculateCost } from '@llm-otel/pricing';
import { expect } from 'chai';

/** docs/attributes: USD per million input and output tokens. */
const table: readonly [model: string, input: number, output: number][] = [
  ['claude-3-opus', 15, 75],
  ['claude-3-sonnet', 3, 15],
  ['claude-3-haiku', 0.25, 1.25],
  ['gpt-4-turbo', 10, 30],
  ['gpt-4o', 2.5, 10],
  ['gpt-4o-2024-05-13', 5, 15],
];

describe('calculateCost', () => {
  for (const [model, input, output] of table)
    it(`${model} costs ${input} for a million input and ${output} for a million output tokens`, () => {
      expect(calculateCost(model, 1e6, 0)).to.equal(input);
      expect(calculateCost(model, 0, 1e6)).to.equal(output);
      expect(calculateCost(model, 1500, 350)).to.equal((1500 * input + 350 * output) / 1e6);
    });

  it('is undefined for an unknown model and for impossible counts', () => {
    expect(calculateCost('claude-3-opus-xyz', 1500, 350)).to.equal(undefined);
    expect(calculateCost('gpt-4o', -1, 350)).to.equal(undefined);
    expect(calculateCost('gpt-4o', 1500, Number.NaN)).to.equal(undefined);
  });
});
