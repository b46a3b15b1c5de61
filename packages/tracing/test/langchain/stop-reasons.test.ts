import { expect } from 'chai';
import { readResponse } from '../../src/langchain/read-llm-run.js';

const responseWith = (response_metadata: object) =>
  readResponse({ generations: [[{ text: '', message: { content: '', response_metadata } }]] });

describe('the stop reason of a LangChain run', () => {
  for (const [name, metadata] of Object.entries({
    OpenAI: { finish_reason: 'end' },
    Anthropic: { stop_reason: 'end' },
    Google: { finishReason: 'end' },
    // `@langchain/aws` 1.4
    Bedrock: { stopReason: 'end' },
    'a stream of Bedrock': { messageStop: { stopReason: 'end' } },
    "OpenAI's responses API": { status: 'end' },
  }))
    it(`is read where the model of ${name} has it`, () =>
      expect(responseWith(metadata)).to.include({ stopReason: 'end' }));
});
