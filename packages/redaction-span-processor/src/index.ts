export { LlmRedactionSpanProcessor, type RedactionStats } from './llm-redaction-span-processor.js';
export type { RedactionOptions } from './options.js';
export { redactingSpanExporter } from './redacting-span-exporter.js';
export { redactingSpanProcessor } from './redacting-span-processor.js';
