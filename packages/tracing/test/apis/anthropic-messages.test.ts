import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { anthropicMessages } from '../../src/apis/anthropic-messages.js';
import { traceLlmCall } from '../../src/index.js';

describe('anthropicMessages', () => {
  it('records the model that served a stream after another one had declined', async () => {
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

  it('adds the tokens for compacting the context, which the usage of a message leaves out', async () => {
    const iterations = [
      {
        type: 'compaction',
        input_tokens: 180_000,
        output_tokens: 3_500,
        cache_read_input_tokens: 1_000,
        cache_creation_input_tokens: 0,
        cache_creation: null,
      },
      { type: 'message', input_tokens: 23_000, output_tokens: 1_000 },
    ];
    const usage = { input_tokens: 23_000, output_tokens: 1_000, iterations };
    const counts = {
      'llm.tokens.input': 204_000,
      'llm.tokens.output': 4_500,
      'llm.tokens.total': 208_500,
      'llm.tokens.cache_read': 1_000,
    };
    const { tracer, spans } = recordingProvider();
    await traceLlmCall({ provider: 'anthropic', model: 'claude-opus-4-6', tracer }, async (call) => {
      anthropicMessages.readResponse({ model: 'claude-opus-4-6', content: [], usage }, call);
    });
    await traceLlmCall({ provider: 'anthropic', model: 'claude-opus-4-6', tracer }, async (call) => {
      const reader = anthropicMessages.chunkReader(call);
      const start = { input_tokens: 23_000, output_tokens: 1, iterations: null };
      reader.read({ type: 'message_start', message: { model: 'claude-opus-4-6', usage: start } });
      reader.read({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage });
      reader.finish?.();
    });
    expect(spans).to.have.length(2);
    for (const { attributes } of spans) expect(attributes).to.include(counts);
  });
});
