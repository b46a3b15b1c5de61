import type { LlmUsage } from '@llm-otel/semantic-conventions';
import { calcPrice, type PriceCalculation } from '@pydantic/genai-prices';

/** The package's own result; `undefined` if it refuses the usage. */
export function calc(
  provider: string,
  model: string,
  usage: LlmUsage,
  at: Date,
): PriceCalculation | null | undefined {
  const counts = {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_tokens: usage.cacheReadTokens,
    cache_write_tokens: usage.cacheWriteTokens ?? usage.cacheWrite1hTokens,
    cache_write_1h_tokens: usage.cacheWrite1hTokens,
    input_audio_tokens: usage.inputAudioTokens,
    output_audio_tokens: usage.outputAudioTokens,
    output_reasoning_tokens: usage.reasoningTokens,
  };
  try {
    return calcPrice(counts, model, { providerId: provider, timestamp: at });
  } catch {
    return undefined;
  }
}
