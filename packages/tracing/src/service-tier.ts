import { ATTR_LLM_SERVICE_TIER } from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import type { Conventions } from './conventions.js';
import { asString } from './json.js';

/** The tier that served a call goes where the one that was asked for went, which says less. */
export function setServiceTier(
  attributes: Attributes,
  of: 'request' | 'response',
  given: string | undefined,
  provider: string,
  { llm, genAi }: Conventions,
): void {
  const tier = asString(given);
  if (tier === undefined) return;
  if (llm) attributes[ATTR_LLM_SERVICE_TIER] = tier;
  // The conventions have it for providers one by one; those that speak OpenAI's API have OpenAI's.
  if (genAi) attributes[`${provider === 'anthropic' ? 'anthropic' : 'openai'}.${of}.service_tier`] = tier;
}
