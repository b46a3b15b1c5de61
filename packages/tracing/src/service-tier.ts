import { ATTR_LLM_SERVICE_TIER } from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { asString } from './json.js';
import type { LlmCallIdentity } from './start-call-span.js';

/** The tier that served a call goes where the one that was asked for went, which says less. */
export function setServiceTier(
  attributes: Attributes,
  of: 'request' | 'response',
  given: string | undefined,
  { provider, vendor, telemetry }: LlmCallIdentity,
): void {
  const tier = asString(given);
  if (tier === undefined) return;
  const { llm, genAi } = telemetry.conventions;
  if (llm) attributes[ATTR_LLM_SERVICE_TIER] = tier;
  // The conventions have it for vendors one by one; providers that speak OpenAI's API have OpenAI's.
  const prefix = (vendor ?? provider) === 'anthropic' ? 'anthropic' : 'openai';
  if (genAi) attributes[`${prefix}.${of}.service_tier`] = tier;
}
