import * as conventions from '@llm-otel/semantic-conventions';
import { expect } from 'chai';

describe('@llm-otel/semantic-conventions', () => {
  it('exports the whole llm.* contract, each name once', () => {
    const names = Object.entries(conventions)
      .filter(([name]) => name.startsWith('ATTR_LLM_'))
      .map(([, value]) => value as string);
    expect(new Set(names).size).to.equal(names.length);
    expect(names.sort()).to.deep.equal([
      'llm.chunks',
      'llm.cost.assumed_service_tier',
      'llm.cost.cache_read_usd',
      'llm.cost.cache_write_usd',
      'llm.cost.input_usd',
      'llm.cost.model',
      'llm.cost.output_usd',
      'llm.cost.source',
      'llm.cost.status',
      'llm.cost_usd',
      'llm.error.message',
      'llm.error.retry_after',
      'llm.error.status',
      'llm.error.type',
      'llm.latency_ms',
      'llm.max_tokens',
      'llm.model',
      'llm.prompt',
      'llm.prompt.message_count',
      'llm.prompt.system_length',
      'llm.provider',
      'llm.redaction.keys',
      'llm.redaction.masked_count',
      'llm.redaction.removed_count',
      'llm.response',
      'llm.response.length',
      'llm.retry.delay_ms',
      'llm.retry_count',
      'llm.rollup.calls',
      'llm.rollup.cost_usd',
      'llm.rollup.model_costs_usd',
      'llm.rollup.models',
      'llm.rollup.tokens.input',
      'llm.rollup.tokens.output',
      'llm.service_tier',
      'llm.stop_reason',
      'llm.streaming',
      'llm.success',
      'llm.temperature',
      'llm.tokens.cache_read',
      'llm.tokens.cache_write',
      'llm.tokens.cache_write_1h',
      'llm.tokens.input',
      'llm.tokens.input_audio',
      'llm.tokens.output',
      'llm.tokens.output_audio',
      'llm.tokens.reasoning',
      'llm.tokens.total',
      'llm.ttft_ms',
    ]);
  });

  it('gives import and require the same functions', async () => {
    const imported = await import('@llm-otel/semantic-conventions');
    expect(imported.readLlmCall).to.equal(require('@llm-otel/semantic-conventions').readLlmCall);
  });
});
