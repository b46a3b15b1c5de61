import type { LlmUsageInfo } from '../llm-call-recorder.js';
import { asNumber, field } from '../unknown-values.js';

/**
 * Gathers the usage of a message. The API's `input_tokens` leaves cached tokens out. A stream reports the usage
 * twice: `message_start` with a placeholder for the output, `message_delta` with running totals, `null` where they don't
 * apply.
 */
export class AnthropicUsage {
  readonly #counts: Record<string, number | undefined> = {};
  /** Of the requests that the API made to compact the context: they are billed, and the counts of the message leave them out. */
  #compactions: readonly AnthropicUsage[] = [];

  /** @param final - whether the output counts are more than placeholders */
  add(usage: unknown, final: boolean): void {
    this.#take('input', field(usage, 'input_tokens'));
    this.#take('cacheRead', field(usage, 'cache_read_input_tokens'));
    this.#take('cacheWrite', field(usage, 'cache_creation_input_tokens'));
    this.#take('cacheWrite1h', field(field(usage, 'cache_creation'), 'ephemeral_1h_input_tokens'));
    const iterations = field(usage, 'iterations');
    if (Array.isArray(iterations)) this.#compactions = compactionsOf(iterations);
    if (!final) return;
    this.#take('output', field(usage, 'output_tokens'));
    this.#take('thinking', field(field(usage, 'output_tokens_details'), 'thinking_tokens'));
  }

  get total(): LlmUsageInfo {
    const input = this.#sum('input');
    const cacheRead = this.#sum('cacheRead');
    const cacheWrite = this.#sum('cacheWrite');
    return {
      inputTokens: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
      outputTokens: this.#sum('output'),
      cacheReadTokens: cacheRead,
      cacheWriteTokens: cacheWrite,
      cacheWrite1hTokens: this.#sum('cacheWrite1h'),
      reasoningTokens: this.#sum('thinking'),
    };
  }

  #sum(name: string): number | undefined {
    let sum = this.#counts[name];
    for (const compaction of this.#compactions) {
      const count = compaction.#counts[name];
      if (count !== undefined) sum = (sum ?? 0) + count;
    }
    return sum;
  }

  #take(name: string, value: unknown): void {
    const count = asNumber(value);
    if (count !== undefined) this.#counts[name] = count;
  }
}

function compactionsOf(iterations: readonly unknown[]): AnthropicUsage[] {
  return iterations
    .filter((iteration) => field(iteration, 'type') === 'compaction')
    .map((iteration) => {
      const usage = new AnthropicUsage();
      usage.add(iteration, true);
      return usage;
    });
}
