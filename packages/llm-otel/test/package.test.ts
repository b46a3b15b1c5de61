import { expect } from 'chai';
import * as llmOtel from 'llm-otel';

describe('llm-otel', () => {
  it('exports these names', () => {
    expect(Object.keys(llmOtel).sort()).to.deep.equal([
      'BatchingSpanExporter',
      'LlmCostSpanProcessor',
      'LlmRedactionSpanProcessor',
      'OtlpBatchingSpanExporter',
      'PriceCatalog',
      'calculateCost',
      'createLlmSpanProcessors',
      'keepPricesFresh',
      'policyFromFile',
      'readLlmCall',
      'redactingLogRecordExporter',
      'redactingSpanExporter',
      'redactingSpanProcessor',
      'refreshPrices',
      'traceLlmCall',
      'traceLlmStream',
      'wrapAnthropic',
      'wrapOpenAI',
    ]);
  });

  it('gives import and require the same class', async () => {
    const imported = await import('llm-otel');
    expect(imported.LlmCostSpanProcessor).to.equal(require('llm-otel').LlmCostSpanProcessor);
    expect(imported.LlmCostSpanProcessor).to.equal(
      require('@llm-otel/cost-span-processor').LlmCostSpanProcessor,
    );
  });
});
