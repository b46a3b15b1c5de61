import { asNumber, asString, type Loose } from '../unknown-values.js';
import { recordOpenAiUsage } from './openai-usage.js';
import type { PolledApi } from './polled-api.js';

type Batch = Loose<'id' | 'status' | 'model' | 'usage' | 'in_progress_at' | 'completed_at'>;

/** `batches.retrieve`: a complete batch reports the tokens of all its requests, which are for one model. */
export const openAiBatches: PolledApi = {
  operation: 'batch',
  outcome(result) {
    const batch = result as Batch;
    const id = asString(batch?.id);
    if (id === undefined || batch?.status !== 'completed' || !batch.usage) return undefined;
    return {
      id,
      request: { model: asString(batch.model) },
      startedAt: asNumber(batch.in_progress_at),
      endedAt: asNumber(batch.completed_at),
      record(call) {
        call.recordResponse({ model: asString(batch.model), serviceTier: 'batch' });
        recordOpenAiUsage(batch.usage, call);
      },
    };
  },
};
