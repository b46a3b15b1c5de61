import { ATTR_LLM_SERVICE_TIER } from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { asString } from '../unknown-values.js';
import type { LlmCallIdentity } from './llm-call-identity.js';

/** The service tier that served a call replaces the requested one. */
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
  // The conventions have a name per vendor; providers that speak OpenAI's API use OpenAI's.
  const prefix = (vendor ?? provider) === 'anthropic' ? 'anthropic' : 'openai';
  if (genAi) attributes[`${prefix}.${of}.service_tier`] = tier;
}
