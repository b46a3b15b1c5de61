import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages';
import { anthropicError } from './anthropic-error.js';
import { anthropicMessages } from './anthropic-messages.js';
import { type ApiCall, type FakeApi, RawBody } from './fake-api.js';

const ID = /\/messages\/batches\/([^/]+)/;
const common = {
  requestIdHeader: 'request-id',
  errorBody: (error, requestId) => ({ ...anthropicError(error), request_id: requestId }),
  model: () => 'claude-opus-4-1',
} satisfies Partial<FakeApi>;

/** Anthropic's `GET /v1/messages/batches/…`: one that has ended. */
export const anthropicBatch: FakeApi = { ...common, json: batch };

/** Anthropic's `GET /v1/messages/batches/…/results`: two that succeeded, and one that did not. */
export const anthropicBatchResults: FakeApi = {
  ...common,
  json(call) {
    const message = anthropicMessages.json({ ...call, reply: { ...call.reply, serviceTier: 'batch' } });
    const results = [
      { custom_id: 'a', result: { type: 'succeeded', message } },
      { custom_id: 'b', result: { type: 'expired' } },
      { custom_id: 'c', result: { type: 'succeeded', message } },
    ];
    return new RawBody(
      'application/x-jsonl',
      Buffer.from(results.map((result) => `${JSON.stringify(result)}\n`).join('')),
    );
  },
};

function batch({ path }: ApiCall): Partial<MessageBatch> {
  const id = ID.exec(path)?.[1] ?? '';
  return {
    id,
    type: 'message_batch',
    processing_status: 'ended',
    // The client takes it for a path of its own server.
    results_url: `/v1/messages/batches/${id}/results`,
  };
}
