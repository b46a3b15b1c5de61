export type { CostAttributeName } from './attribute-names.js';
export { LlmCostSpanProcessor } from './llm-cost-span-processor.js';
export type { MirrorName } from './mirror.js';
export type { LlmCost, LlmCostSpanProcessorOptions } from './options.js';
