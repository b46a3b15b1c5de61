import { PriceCatalog, type PriceQuery } from '@llm-otel/pricing';
import type { LlmCall, LlmCallWarning } from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import { type ResolvedOptions, resolveOptions } from '../src/options.js';
import { priceCall } from '../src/price-call.js';
import { writeCost } from '../src/write-cost.js';

const catalog = new PriceCatalog();
const at = Date.parse('2026-11-22T12:00:00Z');
const call: LlmCall = {
  dialect: 'gen_ai',
  kind: 'inference',
  provider: 'openai',
  model: 'gpt-4o',
  usage: { inputTokens: 1500, outputTokens: 350 },
};
const without = (key: keyof LlmCall): LlmCall => {
  const { [key]: _, ...rest } = call;
  return rest as LlmCall;
};
const written = (changed: LlmCall, repeats: boolean, options: ResolvedOptions) => {
  const target: Attributes = {};
  writeCost(target, priceCall(changed, at, repeats, options), changed, options);
  return target;
};
const attributes = (changed: LlmCall, options: Partial<ResolvedOptions> = {}) =>
  written(changed, false, { ...resolveOptions({ catalog }), ...options });

describe('priceCall', () => {
  it('returns the price', () => {
    expect(attributes(call)).to.deep.equal({ 'llm.cost_usd': 0.00725 });
  });

  it('writes the parts and the price entry on request, those of the cache only if it was used', () => {
    expect(attributes(call, { breakdown: true })).to.deep.equal({
      'llm.cost_usd': 0.00725,
      'llm.cost.input_usd': 0.00375,
      'llm.cost.output_usd': 0.0035,
      'llm.cost.model': 'gpt-4o',
      'llm.cost.source': 'local',
    });
    const cached: LlmCall = {
      ...call,
      provider: 'anthropic',
      model: 'claude-opus-4-5',
      usage: { inputTokens: 3000, outputTokens: 0, cacheReadTokens: 1000, cacheWriteTokens: 1000 },
    };
    expect(attributes(cached, { breakdown: true })).to.include({
      'llm.cost.input_usd': 0.005,
      'llm.cost.cache_read_usd': 0.0005,
      'llm.cost.cache_write_usd': 0.00625,
    });
  });

  it('returns why there is no price', () => {
    const status = (changed: LlmCall) => attributes(changed);
    expect(status({ ...call, model: 'claude-3-opus-xyz' })).to.deep.equal({
      'llm.cost.status': 'unknown_model',
    });
    expect(status(without('model'))).to.deep.equal({ 'llm.cost.status': 'unknown_model' });
    expect(status(without('usage'))).to.deep.equal({ 'llm.cost.status': 'missing_tokens' });
  });

  it('prices by the tier, and warns if no price is known for it', () => {
    const inTier = (serviceTier: string) => attributes({ ...call, model: 'gpt-5', serviceTier });
    expect(inTier('flex')).to.deep.equal({ 'llm.cost_usd': 0.0026875 });
    expect(inTier('default')).to.deep.equal({ 'llm.cost_usd': 0.005375 });
    expect(inTier('scale')).to.deep.equal({ 'llm.cost_usd': 0.005375, 'llm.cost.status': 'unknown_tier' });
  });

  it('records that it assumed the standard tier, if the tier is unknown and another one has other prices', () => {
    const untold = (model: string, more: Partial<LlmCall> = {}) =>
      attributes({ ...call, ...more, model, isTierUntold: true });
    const assumed = { 'llm.cost.assumed_service_tier': 'standard' };
    expect(untold('gpt-5')).to.deep.equal({ 'llm.cost_usd': 0.005375, ...assumed });
    // Has a priority tier alone.
    expect(untold('gpt-4o')).to.deep.equal({ 'llm.cost_usd': 0.00725, ...assumed });
    expect(untold('gpt-4-turbo')).to.deep.equal({ 'llm.cost_usd': 0.0255 });
    expect(untold('claude-opus-4-5', { provider: 'anthropic' })).to.deep.equal({ 'llm.cost_usd': 0.01625 });
    expect(untold('nobody')).to.deep.equal({ 'llm.cost.status': 'unknown_model' });
    expect(untold('gpt-5', { costUsd: 1 })).to.deep.equal({
      'llm.cost_usd': 1,
      'llm.cost.source': 'provider',
    });
    expect(attributes({ ...call, model: 'gpt-5' })).to.deep.equal({ 'llm.cost_usd': 0.005375 });
  });

  it('assumes nothing if an override applies to every tier', () => {
    const own = new PriceCatalog({ overrides: [{ model: 'gpt-5', inputPerMTok: 1, outputPerMTok: 1 }] });
    expect(attributes({ ...call, model: 'gpt-5', isTierUntold: true }, { catalog: own })).to.deep.equal({
      'llm.cost_usd': 0.00185,
    });
  });

  it('returns the more serious reason to doubt a price', () => {
    const status = (...warnings: readonly LlmCallWarning[]) =>
      attributes({ ...call, serviceTier: 'scale', warnings })['llm.cost.status'];
    expect(status('inexact_token_counts')).to.equal('inexact_tokens');
    expect(status('inexact_token_counts', 'ambiguous_cache_tokens')).to.equal('ambiguous_cache_tokens');
    expect(status('invalid_token_count')).to.equal('unknown_tier');
  });

  it('does not price a span that repeats calls below it', () => {
    const repeating = (changed: LlmCall) => written(changed, true, resolveOptions({ catalog }));
    const counted = { 'llm.cost.status': 'counted_in_child' };
    expect(repeating(call)).to.deep.equal(counted);
    expect(repeating({ ...call, kind: 'aggregate' })).to.deep.equal(counted);
    expect(repeating(without('usage'))).to.deep.equal(counted);
  });

  it('prices an agent if nothing below it is priced', () => {
    expect(attributes({ ...call, kind: 'aggregate' })).to.deep.equal({ 'llm.cost_usd': 0.00725 });
  });

  it('returns neither price nor status for an agent without tokens', () => {
    expect(attributes({ ...without('usage'), kind: 'aggregate' })).to.deep.equal({});
  });

  it('writes zero for an unknown model only on request, and always with the status', () => {
    expect(attributes({ ...call, model: 'nobody' }, { unknownModel: 'zero' })).to.deep.equal({
      'llm.cost_usd': 0,
      'llm.cost.status': 'unknown_model',
    });
    expect(attributes(without('usage'), { unknownModel: 'zero' })).to.deep.equal({
      'llm.cost.status': 'missing_tokens',
    });
  });

  it('marks a price whose token counts could be read in two ways', () => {
    expect(attributes({ ...call, warnings: ['ambiguous_cache_tokens'] })).to.deep.equal({
      'llm.cost_usd': 0.00725,
      'llm.cost.status': 'ambiguous_cache_tokens',
    });
    expect(attributes({ ...call, warnings: ['invalid_token_count'] })).to.deep.equal({
      'llm.cost_usd': 0.00725,
    });
  });

  it('passes everything that the call says to the catalogue', () => {
    const asked: PriceQuery[] = [];
    const quote = (query: PriceQuery) => void asked.push(query);
    attributes({ ...call, requestedModel: 'ours', serviceTier: 'flex' }, { catalog: { quote } });
    expect(asked).to.deep.equal([
      {
        provider: 'openai',
        model: 'gpt-4o',
        requestedModel: 'ours',
        usage: call.usage,
        at,
        serviceTier: 'flex',
      },
    ]);
  });
});
