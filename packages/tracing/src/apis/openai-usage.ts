import { asNumber, field } from '../json.js';
import type { LlmUsageInfo } from '../llm-call-recorder.js';

/** The usage of chat completions and embeddings (`prompt_tokens`) or of responses (`input_tokens`): both include cached tokens. */
export function readOpenAiUsage(usage: unknown): LlmUsageInfo {
  const input = field(usage, 'prompt_tokens_details') ?? field(usage, 'input_tokens_details');
  const output = field(usage, 'completion_tokens_details') ?? field(usage, 'output_tokens_details');
  return {
    inputTokens: asNumber(field(usage, 'prompt_tokens') ?? field(usage, 'input_tokens')),
    outputTokens: asNumber(field(usage, 'completion_tokens') ?? field(usage, 'output_tokens')),
    cacheReadTokens: asNumber(field(input, 'cached_tokens')),
    cacheWriteTokens: asNumber(field(input, 'cache_write_tokens')),
    reasoningTokens: asNumber(field(output, 'reasoning_tokens')),
    inputAudioTokens: asNumber(field(input, 'audio_tokens')),
    outputAudioTokens: asNumber(field(output, 'audio_tokens')),
  };
}
