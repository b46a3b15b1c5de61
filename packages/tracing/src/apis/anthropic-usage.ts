import { asNumber, field } from '../json.js';
import type { LlmUsageInfo } from '../llm-call-recorder.js';

/**
 * Gathers the usage of a message. The API's `input_tokens` leaves cached tokens out. A stream tells the usage
 * twice: `message_start` with an output that is a placeholder, `message_delta` with running totals, `null`
 * where they don't apply.
 */
export class AnthropicUsage {
  readonly #counts: Record<string, number | undefined> = {};

  /** @param final - whether the output counts are more than placeholders */
  add(usage: unknown, final: boolean): void {
    this.#take('input', field(usage, 'input_tokens'));
    this.#take('cacheRead', field(usage, 'cache_read_input_tokens'));
    this.#take('cacheWrite', field(usage, 'cache_creation_input_tokens'));
    this.#take('cacheWrite1h', field(field(usage, 'cache_creation'), 'ephemeral_1h_input_tokens'));
    if (!final) return;
    this.#take('output', field(usage, 'output_tokens'));
    this.#take('thinking', field(field(usage, 'output_tokens_details'), 'thinking_tokens'));
  }

  get total(): LlmUsageInfo {
    const { input, cacheRead, cacheWrite, cacheWrite1h, output, thinking } = this.#counts;
    return {
      inputTokens: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
      outputTokens: output,
      cacheReadTokens: cacheRead,
      cacheWriteTokens: cacheWrite,
      cacheWrite1hTokens: cacheWrite1h,
      reasoningTokens: thinking,
    };
  }

  #take(name: string, value: unknown): void {
    const count = asNumber(value);
    if (count !== undefined) this.#counts[name] = count;
  }
}
