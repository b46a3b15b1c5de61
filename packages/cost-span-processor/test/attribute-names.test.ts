import { LlmCostSpanProcessor, type LlmCostSpanProcessorOptions } from '@llm-otel/cost-span-processor';
import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';

const call = { 'llm.model': 'gpt-4o', 'llm.tokens.input': 1500, 'llm.tokens.output': 350 };
const end = (options: LlmCostSpanProcessorOptions, more: Record<string, string | number> = {}) => {
  const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor(options)]);
  tracer.startSpan('chat', { attributes: { ...call, ...more } }).end();
  return spans[0]?.attributes;
};
const attributeNames = {
  'llm.cost_usd': 'acme.cost',
  'llm.cost.status': 'acme.why',
  'llm.rollup.calls': 'acme.calls',
};

describe('attributeNames', () => {
  it('renames the listed attributes, and leaves the others unchanged', () => {
    const attributes = end({ attributeNames, breakdown: true, rollup: true });
    expect(attributes).to.include({ 'acme.cost': 0.00725, 'acme.calls': 1, 'llm.cost.model': 'gpt-4o' });
    expect(attributes).not.to.have.any.keys('llm.cost_usd', 'llm.rollup.calls');
    expect(end({ attributeNames }, { 'llm.model': 'nobody' })).to.include({ 'acme.why': 'unknown_model' });
  });

  it('renames the assumed tier', () => {
    const untold = { 'gen_ai.request.model': 'gpt-4o', 'sentry.origin': 'auto.ai.openai' };
    const usage = { 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.output_tokens': 1 };
    const { tracer, spans } = recordingProvider([
      new LlmCostSpanProcessor({ attributeNames: { 'llm.cost.assumed_service_tier': 'acme.tier' } }),
    ]);
    tracer.startSpan('chat', { attributes: { ...untold, ...usage } }).end();
    expect(spans[0]?.attributes).to.include({ 'acme.tier': 'standard' });
    expect(spans[0]?.attributes).not.to.have.property('llm.cost.assumed_service_tier');
  });

  it('keeps a price that is already there under the new name', () => {
    expect(end({ attributeNames }, { 'acme.cost': 1 })).to.include({ 'acme.cost': 1 });
  });

  for (const [names, message] of [
    [{ 'llm.cost': 'x' }, 'an object of attribute names with the keys llm.cost_usd, llm.cost.status,'],
    [{ 'llm.cost_usd': 42 }, 'in which "llm.cost_usd" is a non-empty string'],
    [{ 'llm.cost_usd': '' }, 'in which "llm.cost_usd" is a non-empty string'],
    ['acme', 'option "attributeNames" must be an object of attribute names, got "acme" (string)'],
  ] as const)
    it(`refuses: ${message}`, () => {
      expect(() => new LlmCostSpanProcessor({ attributeNames: names as never })).to.throw(TypeError, message);
    });
});
