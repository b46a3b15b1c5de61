import type { LlmCallRecorder, LlmUsageInfo } from '../llm-call-recorder.js';
import { asNumber, type Loose } from '../unknown-values.js';
import { reasoningBeside } from './reasoning-apart.js';

type Usage = Loose<
  | 'prompt_tokens'
  | 'completion_tokens'
  | 'prompt_tokens_details'
  | 'completion_tokens_details'
  | 'input_tokens'
  | 'output_tokens'
  | 'total_tokens'
  | 'input_tokens_details'
  | 'output_tokens_details'
  | 'prompt_cache_hit_tokens'
  | 'cached_tokens'
  | 'cost'
  | 'is_byok'
  | 'cost_details'
>;
type Details = Loose<'cached_tokens' | 'cache_write_tokens' | 'reasoning_tokens' | 'audio_tokens'>;

/**
 * Records the usage of a response, if it has one.
 *
 * @param model - that served the call, where it matters to what the counts mean
 */
export function recordOpenAiUsage(usage: unknown, call: LlmCallRecorder, model?: string): void {
  if (!usage) return;
  call.recordUsage(readOpenAiUsage(usage, model));
  const costUsd = readCost(usage as Usage);
  if (costUsd !== undefined) call.recordResponse({ costUsd });
}

/** The usage of chat completions and embeddings (`prompt_tokens`) or of the rest (`input_tokens`): both include cached tokens. */
export function readOpenAiUsage(given: unknown, model?: string): LlmUsageInfo {
  const usage = given as Usage;
  const input = (usage?.prompt_tokens_details ?? usage?.input_tokens_details) as Details;
  const output = (usage?.completion_tokens_details ?? usage?.output_tokens_details) as Details;
  const inputTokens = asNumber(usage?.prompt_tokens ?? usage?.input_tokens);
  const outputTokens = asNumber(usage?.completion_tokens ?? usage?.output_tokens);
  const reasoningTokens = asNumber(output?.reasoning_tokens);
  const totalTokens = asNumber(usage?.total_tokens);
  const isGemini = model?.includes('gemini') === true;
  // The others are DeepSeek's and Moonshot's.
  const cached = asNumber(input?.cached_tokens ?? usage?.prompt_cache_hit_tokens ?? usage?.cached_tokens);
  const beside = reasoningBeside(inputTokens, outputTokens, reasoningTokens, totalTokens, isGemini, cached);
  return {
    inputTokens,
    outputTokens: outputTokens === undefined ? undefined : outputTokens + beside,
    cacheReadTokens: cached,
    cacheWriteTokens: asNumber(input?.cache_write_tokens),
    reasoningTokens: reasoningTokens ?? (beside > 0 ? beside : undefined),
    inputAudioTokens: asNumber(input?.audio_tokens),
    outputAudioTokens: asNumber(output?.audio_tokens),
  };
}

/**
 * What OpenRouter charged. If the user brings a key for the provider, that is only OpenRouter's fee, and the provider's
 * charge is reported separately (https://openrouter.ai/docs/use-cases/usage-accounting).
 */
function readCost(usage: Usage): number | undefined {
  const cost = asNumber(usage?.cost);
  if (cost === undefined || usage?.is_byok !== true) return cost;
  const details = usage.cost_details as Loose<'upstream_inference_cost'>;
  return cost + (asNumber(details?.upstream_inference_cost) ?? 0);
}
