import type { LlmUsageInfo } from '../llm-call-recorder.js';
import { asString, type Loose } from '../unknown-values.js';
import { AnthropicUsage } from './anthropic-usage.js';
import type { LlmApi } from './llm-api.js';

type Message = Loose<'model' | 'usage'>;

/**
 * `messages.batches.results`, a stream of messages: the sum of their tokens, each time that they are read. A
 * batch for several models has no model, because there is no one price for it.
 */
export const anthropicBatchResults: LlmApi = {
  operation: 'batch',
  readRequest: () => ({ streaming: true }),
  readResponse: () => undefined,
  chunkReader(call) {
    const total: Record<string, number> = {};
    const models = new Set<string>();
    return {
      read(given) {
        const result = (given as Loose<'result'>)?.result as Loose<'type' | 'message'>;
        if (result?.type !== 'succeeded') return false;
        const message = result.message as Message;
        models.add(asString(message?.model) ?? 'unknown');
        const usage = new AnthropicUsage();
        usage.add(message?.usage, true);
        add(total, usage.total);
        return true;
      },
      finish() {
        const [model] = models;
        call.recordResponse({ ...(models.size === 1 && { model }), serviceTier: 'batch' });
        call.recordUsage(total);
      },
    };
  },
};

function add(total: Record<string, number>, usage: LlmUsageInfo): void {
  for (const [name, count] of Object.entries(usage))
    if (count !== undefined) total[name] = (total[name] ?? 0) + count;
}
