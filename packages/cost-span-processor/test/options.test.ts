import { LlmCostSpanProcessor, type LlmCostSpanProcessorOptions } from '@llm-otel/cost-span-processor';
import { PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';

describe('options of LlmCostSpanProcessor', () => {
  const bad: readonly [options: unknown, message: string][] = [
    [
      { override: [] },
      'LlmCostSpanProcessor: unknown option "override". The options are: catalog, overrides,',
    ],
    [{ Breakdown: true }, 'Did you mean "breakdown"?'],
    [{ breakdown: 'yes' }, 'option "breakdown" must be a boolean, got "yes" (string).'],
    [{ unknownModel: 'guess' }, `option "unknownModel" must be one of 'omit', 'zero', got "guess" (string).`],
    [{ catalog: {} }, 'option "catalog" must be a PriceCatalog, got an object of class Object.'],
    [{ onCost: true }, 'option "onCost" must be a function, got true (boolean).'],
    [{ overrides: [1] }, 'option "overrides" must be an array in which [0] is an object, not 1 (number)'],
    [
      { overrides: [{ model: 'm', inputPerMTok: -1, outputPerMTok: 1 }] },
      'overrides[0] (model "m"): "inputPerMTok"',
    ],
    [{ catalog: new PriceCatalog(), overrides: [] }, 'options "catalog" and "overrides" exclude each other'],
    ['all', 'expected an options object, got "all" (string).'],
  ];
  for (const [options, message] of bad)
    it(`throw a TypeError: ${message}`, () => {
      expect(() => new LlmCostSpanProcessor(options as LlmCostSpanProcessorOptions)).to.throw(
        TypeError,
        message,
      );
    });

  it('can all be undefined', () => {
    const options = {
      catalog: undefined,
      overrides: undefined,
      unknownModel: undefined,
      breakdown: undefined,
      existingCost: undefined,
      mirror: undefined,
      rollup: undefined,
      meterProvider: undefined,
      tokenMetric: undefined,
      metricAttributes: undefined,
      attributeNames: undefined,
      dialects: undefined,
      onCost: undefined,
    } satisfies Required<{ [Name in keyof LlmCostSpanProcessorOptions]: undefined }>;
    expect(() => new LlmCostSpanProcessor(options)).not.to.throw();
  });

  it('can all be omitted', () => {
    expect(() => [new LlmCostSpanProcessor(), new LlmCostSpanProcessor({})]).to.not.throw();
  });
});
