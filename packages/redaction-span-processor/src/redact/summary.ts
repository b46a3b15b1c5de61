import {
  ATTR_LLM_REDACTION_KEYS,
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import type { RedactionRun } from './redaction-run.js';

/** Writes the safe metadata and the summary, into a copy if the attributes are the span's own. */
export function withSummary(attributes: Attributes, own: Attributes, run: RedactionRun): Attributes {
  const { safeMetadata, keys } = run;
  const { summary, keys: rules } = run.policy;
  if (summary === 'none' && safeMetadata === undefined) return attributes;
  const target: Record<string, unknown> = attributes === own ? { ...own } : attributes;
  safeMetadata?.writeTo(target, rules.safeMetadataKeys);
  if (summary === 'none') return target as Attributes;
  // Counts of an earlier redaction are added to: what was removed then is not seen now.
  addCount(target, ATTR_LLM_REDACTION_REMOVED_COUNT, run.removed);
  addCount(target, ATTR_LLM_REDACTION_MASKED_COUNT, run.masked);
  if (keys !== undefined) {
    const before = target[ATTR_LLM_REDACTION_KEYS];
    target[ATTR_LLM_REDACTION_KEYS] = [...new Set([...(Array.isArray(before) ? before : []), ...keys])];
  }
  return target as Attributes;
}

function addCount(target: Record<string, unknown>, key: string, count: number): void {
  const before = target[key];
  if (count > 0) target[key] = (typeof before === 'number' ? before : 0) + count;
}
