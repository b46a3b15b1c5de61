import { expect } from 'chai';
import { AnthropicUsage } from '../../src/apis/anthropic-usage.js';

describe('AnthropicUsage', () => {
  it('adds cached tokens to the input, and takes the running totals of a stream', () => {
    const usage = new AnthropicUsage();
    usage.add(
      { input_tokens: 5, cache_read_input_tokens: 100, cache_creation_input_tokens: 20, output_tokens: 1 },
      false,
    );
    usage.add({ input_tokens: null, cache_read_input_tokens: 90, output_tokens: 50 }, true);
    expect(usage.total).to.include({
      inputTokens: 115,
      outputTokens: 50,
      cacheReadTokens: 90,
      cacheWriteTokens: 20,
    });
  });

  it('does not take the output of message_start, a placeholder, for the output', () => {
    const usage = new AnthropicUsage();
    usage.add({ input_tokens: 5, output_tokens: 1 }, false);
    expect(usage.total).to.include({ inputTokens: 5, outputTokens: undefined });
  });

  it('takes no input for unknown, not for what the cache has', () => {
    const usage = new AnthropicUsage();
    usage.add({ cache_read_input_tokens: 100, output_tokens: 7 }, true);
    expect(usage.total).to.include({ inputTokens: undefined, outputTokens: 7 });
  });
});
