import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { anthropicMessages } from '../../src/apis/anthropic-messages.js';
import { traceLlmCall } from '../../src/index.js';

describe('anthropicMessages', () => {
  it('tells the model that served a stream after another had declined', async () => {
    const { tracer, spans } = recordingProvider();
    await traceLlmCall({ provider: 'anthropic', model: 'claude-opus-4-1', tracer }, async (call) => {
      const reader = anthropicMessages.chunkReader(call);
      for (const event of [
        { type: 'message_start', message: { model: 'claude-opus-4-1', usage: { input_tokens: 5 } } },
        {
          type: 'content_block_start',
          index: 0,
          content_block: {
            type: 'fallback',
            from: { model: 'claude-opus-4-1' },
            to: { model: 'claude-sonnet-4-5' },
          },
        },
        { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
      ])
        reader.read(event);
      reader.finish?.();
    });
    expect(spans[0]?.attributes['llm.model']).to.equal('claude-sonnet-4-5');
  });
});
