export {
  type BatchingOptions,
  BatchingSpanExporter,
  type BatchingStats,
  type OtlpBatchingOptions,
  OtlpBatchingSpanExporter,
} from '@llm-otel/batching-exporter';
export { LlmCostSpanProcessor, type LlmCostSpanProcessorOptions } from '@llm-otel/cost-span-processor';
export {
  calculateCost,
  keepPricesFresh,
  PriceCatalog,
  type PriceOverride,
  type PriceQuote,
  refreshPrices,
} from '@llm-otel/pricing';
export {
  LlmRedactionSpanProcessor,
  policyFromFile,
  type RedactionOptions,
  redactingLogRecordExporter,
  redactingSpanExporter,
  redactingSpanProcessor,
} from '@llm-otel/redaction-span-processor';
export { type LlmCall, type LlmUsage, readLlmCall } from '@llm-otel/semantic-conventions';
export {
  type LlmCallOptions,
  type LlmCallRecorder,
  type LlmStreamOptions,
  traceLlmCall,
  traceLlmStream,
  type WrapOpenAIOptions,
  type WrapOptions,
  wrapAnthropic,
  wrapOpenAI,
} from '@llm-otel/tracing';
export { createLlmSpanProcessors } from './create-llm-span-processors.js';
export type { LlmSpanProcessorsOptions } from './options.js';
