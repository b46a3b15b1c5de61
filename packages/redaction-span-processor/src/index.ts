export { LlmRedactionSpanProcessor, type RedactionStats } from './llm-redaction-span-processor.js';
export type { CustomPattern, PatternOption, RedactionOptions } from './options.js';
export type { BuiltInPattern } from './patterns/built-in-patterns.js';
export { type PolicyCompanions, policyFromFile } from './policy-from-file.js';
export { redactingLogRecordExporter } from './redacting-log-record-exporter.js';
export { redactingSpanExporter } from './redacting-span-exporter.js';
export { redactingSpanProcessor } from './redacting-span-processor.js';
export type {
  KeyGroup,
  KeyMatcher,
  RedactionFunction,
  RedactionRule,
  RegexSource,
} from './redaction-rule.js';
