import { expect } from 'chai';
import { AnthropicUsage } from '../../src/apis/anthropic-usage.js';

describe('AnthropicUsage', () => {
  it('adds cached tokens to the input, and uses the running totals of a stream', () => {
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

  it('ignores the output count of message_start, which is a placeholder', () => {
    const usage = new AnthropicUsage();
    usage.add({ input_tokens: 5, output_tokens: 1 }, false);
    expect(usage.total).to.include({ inputTokens: 5, outputTokens: undefined });
  });

  it('leaves the input unknown if only cached tokens are reported', () => {
    const usage = new AnthropicUsage();
    usage.add({ cache_read_input_tokens: 100, output_tokens: 7 }, true);
    expect(usage.total).to.include({ inputTokens: undefined, outputTokens: 7 });
  });
});
