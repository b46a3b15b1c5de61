import type { LlmUsage } from '@llm-otel/semantic-conventions';
import type { PricePeriod, Rates } from './price-period.js';
import type { PriceQuote } from './price-query.js';

/**
 * The cost of a usage at the given rates of a price entry. Cached and audio tokens are parts of the input, reasoning and
 * audio tokens parts of the output; each token is paid for once, at its most specific rate.
 *
 * An audio or reasoning count that exceeds the count it is part of is reduced to it.
 *
 * @returns `undefined` if the counts are impossible: negative, beyond the safe integers, not numbers, or more cached tokens
 *   than input tokens
 */
export function costOfUsage(
  usage: LlmUsage,
  rates: Rates,
  { provider, model, source }: Pick<PricePeriod, 'provider' | 'model' | 'source'>,
): PriceQuote | undefined {
  const {
    inputTokens,
    outputTokens,
    inputAudioTokens = 0,
    outputAudioTokens = 0,
    reasoningTokens = 0,
  } = usage;
  const { cacheReadTokens: cacheRead = 0, cacheWrite1hTokens: cacheWrite1h = 0 } = usage;
  const { cacheWriteTokens: cacheWrite = cacheWrite1h } = usage;
  if (
    !isCount(inputTokens) ||
    !isCount(outputTokens) ||
    !isCount(cacheRead) ||
    !isCount(cacheWrite) ||
    !isCount(cacheWrite1h) ||
    !isCount(inputAudioTokens) ||
    !isCount(outputAudioTokens) ||
    !isCount(reasoningTokens)
  )
    return undefined;
  const uncached = inputTokens - cacheRead - cacheWrite;
  if (uncached < 0 || cacheWrite1h > cacheWrite) return undefined;
  // Audio counts as uncached as far as possible: no API reports how much of it came from the cache.
  const freshAudio = Math.min(inputAudioTokens, uncached);
  const cachedAudio = Math.min(inputAudioTokens - freshAudio, cacheRead);
  const outputAudio = Math.min(outputAudioTokens, outputTokens);
  const reasoning = Math.min(reasoningTokens, outputTokens - outputAudio);
  // In millionths of a dollar: most rates are short decimals, and sums of them are then exact.
  const input = rates.request + (uncached - freshAudio) * rates.input + freshAudio * rates.inputAudio;
  const output =
    (outputTokens - outputAudio - reasoning) * rates.output +
    outputAudio * rates.outputAudio +
    reasoning * rates.reasoning;
  const read = (cacheRead - cachedAudio) * rates.cacheRead + cachedAudio * rates.cacheReadAudio;
  const write = (cacheWrite - cacheWrite1h) * rates.cacheWrite + cacheWrite1h * rates.cacheWrite1h;
  return {
    totalUsd: (input + output + read + write) / 1e6,
    inputUsd: input / 1e6,
    outputUsd: output / 1e6,
    cacheReadUsd: read / 1e6,
    cacheWriteUsd: write / 1e6,
    provider,
    model,
    source,
  };
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}
