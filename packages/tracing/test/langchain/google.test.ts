import { AIMessageChunk } from '@langchain/core/messages';
import { ChatGenerationChunk } from '@langchain/core/outputs';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { onlySpan } from '../support/spans.js';

const usage = { input_tokens: 100, output_tokens: 20, total_tokens: 150 };
const cached = { input_token_details: { cache_read: 40 } };

/** Tells what `@langchain/google-genai` 2.3 does of a stream whose chunks all have the usage so far. */
class LikeGoogle extends FakeListChatModel {
  readonly #last: object;
  readonly #showsChunks: boolean;

  constructor(last = {}, showsChunks = false) {
    super({ responses: ['unused'] });
    this.#last = last;
    this.#showsChunks = showsChunks;
  }

  override getLsParams() {
    return { ls_provider: 'google_genai', ls_model_name: 'gemini-2.5-flash', ls_model_type: 'chat' as const };
  }

  override async *_streamResponseChunks(
    ...[, , manager]: Parameters<FakeListChatModel['_streamResponseChunks']>
  ) {
    const nothingMore = { input_tokens: 0, output_tokens: 0, total_tokens: 0, ...cached };
    for (const usage_metadata of [
      { ...usage, ...cached },
      { ...nothingMore, ...this.#last },
    ]) {
      const message = new AIMessageChunk('Hi. ');
      Object.assign(message, { usage_metadata });
      if (usage_metadata.total_tokens === 0) message.response_metadata = { finishReason: 'STOP' };
      const chunk = new ChatGenerationChunk({ text: 'Hi. ', message });
      yield chunk;
      const fields = this.#showsChunks ? { chunk } : undefined;
      await manager?.handleLLMNewToken('Hi. ', undefined, undefined, undefined, undefined, fields);
    }
  }
}

describe('LlmTracingCallbackHandler with a model of Google', () => {
  const attributesOf = async (model: LikeGoogle) => {
    const { tracer, spans } = recordingProvider();
    for await (const _ of await model.stream('x', {
      callbacks: [new LlmTracingCallbackHandler({ tracer })],
    }));
    return onlySpan(spans).attributes;
  };

  it('counts the thoughts, which LangChain includes only in the total', async () => {
    expect(await attributesOf(new LikeGoogle())).to.include({
      'llm.provider': 'google',
      'llm.tokens.input': 100,
      'llm.tokens.output': 50,
      'llm.tokens.reasoning': 30,
    });
  });

  it('counts cached tokens once, or not at all if the number of chunks is unknown', async () => {
    expect(await attributesOf(new LikeGoogle({}, true))).to.include({ 'llm.tokens.cache_read': 40 });
    expect(await attributesOf(new LikeGoogle())).not.to.have.property('llm.tokens.cache_read');
  });

  it('counts cached tokens that only the first chunk has, as those of `@langchain/google` 0.2', async () => {
    const first = new LikeGoogle({ input_token_details: { cache_read: 0 } }, true);
    expect(await attributesOf(first)).to.include({ 'llm.tokens.cache_read': 40 });
  });

  it('does not change an output that has the thoughts as a part', async () => {
    const told = new LikeGoogle({ output_token_details: { reasoning: 5 } });
    expect(await attributesOf(told)).to.include({ 'llm.tokens.output': 20, 'llm.tokens.reasoning': 5 });
  });

  it('records why the model stopped', async () => {
    expect(await attributesOf(new LikeGoogle())).to.include({ 'llm.stop_reason': 'STOP' });
  });
});
