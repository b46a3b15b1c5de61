import { ChatOpenAI } from '@langchain/openai';
import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapOpenAI } from '../../src/index.js';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { onlySpan } from '../support/spans.js';

const counts = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
const finished = { index: 0, delta: {}, finish_reason: 'stop' };

/** The last chunk but `[DONE]` of providers that speak OpenAI's API, where the request does not ask for the usage. */
const lastChunks = {
  Groq: { choices: [finished], x_groq: { id: 'req_1', usage: counts } },
  Moonshot: { choices: [{ ...finished, usage: { ...counts, cached_tokens: 60 } }] },
  DeepSeek: {
    choices: [finished],
    usage: { ...counts, prompt_cache_hit_tokens: 60, prompt_cache_miss_tokens: 40 },
  },
};

describe('the usage of other providers that have the API of OpenAI', () => {
  for (const [name, last] of Object.entries(lastChunks))
    it(`is read from a stream of ${name}`, async () => {
      const { tracer, spans } = recordingProvider();
      const common = { id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'served' };
      const chunks = [{ choices: [{ index: 0, delta: { content: 'Hello' } }] }, last].map(
        (chunk) => `data: ${JSON.stringify({ ...common, ...chunk })}\n\n`,
      );
      const body = `${chunks.join('')}data: [DONE]\n\n`;
      const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
      const client = wrapOpenAI(new OpenAI({ apiKey: 'key', fetch }), { tracer });
      const messages = [{ role: 'user' as const, content: 'question' }];
      for await (const _ of await client.chat.completions.create({ model: 'm', messages, stream: true }));
      const { attributes } = onlySpan(spans);
      expect(attributes).to.include({ 'llm.tokens.input': 100, 'llm.tokens.output': 20, 'llm.chunks': 2 });
      if (name !== 'Groq') expect(attributes).to.include({ 'llm.tokens.cache_read': 60 });
    });

  for (const stream of [false, true])
    it(`has the thoughts of Gemini, which Google's endpoint includes only in the total${stream ? ' of a stream' : ''}`, async () => {
      const { tracer, spans } = recordingProvider();
      const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 105 };
      const body = { model: 'gemini-3-flash-preview', choices: [finished], usage };
      const streamed = `data: ${JSON.stringify(body)}\n\ndata: [DONE]\n\n`;
      const fetch = async () => (stream ? new Response(streamed) : Response.json(body));
      const client = wrapOpenAI(new OpenAI({ apiKey: 'key', fetch }), { tracer });
      const request = { model: 'gemini-flash-latest', messages: [] };
      if (stream) for await (const _ of await client.chat.completions.create({ ...request, stream }));
      else await client.chat.completions.create(request);
      expect(onlySpan(spans).attributes).to.include({
        'llm.tokens.input': 9,
        'llm.tokens.output': 96,
        'llm.tokens.reasoning': 93,
        'llm.tokens.total': 105,
      });
    });

  it("does not take for thoughts the cached tokens that a gateway leaves out of Gemini's input", async () => {
    const { tracer, spans } = recordingProvider();
    const prompt_tokens_details = { cached_tokens: 40 };
    const usage = { prompt_tokens: 60, completion_tokens: 20, total_tokens: 120, prompt_tokens_details };
    const body = { model: 'gemini-2.5-flash', choices: [finished], usage };
    const client = wrapOpenAI(new OpenAI({ apiKey: 'key', fetch: async () => Response.json(body) }), {
      tracer,
    });
    await client.chat.completions.create({ model: 'gemini-2.5-flash', messages: [] });
    const { attributes } = onlySpan(spans);
    expect(attributes).to.include({ 'llm.tokens.output': 20, 'llm.tokens.cache_read': 40 });
    expect(attributes).not.to.have.property('llm.tokens.reasoning');
  });

  describe('of xAI, which counts reasoning beside the output', () => {
    const question = [{ role: 'user' as const, content: 'question' }];
    const message = { role: 'assistant', content: 'Hello' };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    /** @param total_tokens - 135: the sum of all three counts; 126: reasoning is a part of the output, as OpenAI has it */
    const answer = (total_tokens: number) => {
      const usage = {
        prompt_tokens: 32,
        completion_tokens: total_tokens === 135 ? 9 : 94,
        total_tokens,
        completion_tokens_details: { reasoning_tokens: 94 },
      };
      return {
        apiKey: 'key',
        baseURL: 'https://api.x.ai/v1',
        fetch: async () => Response.json({ id: 'c', model: 'grok-4', choices, usage }),
      };
    };

    for (const [total, output] of [
      [135, 103],
      [126, 94],
    ] as const)
      it(`has an output of ${output} tokens if the total is ${total}`, async () => {
        const { tracer, spans } = recordingProvider();
        const client = wrapOpenAI(new OpenAI(answer(total)), { tracer });
        await client.chat.completions.create({ model: 'grok-4', messages: question });
        const model = new ChatOpenAI({ model: 'grok-4', apiKey: 'key', configuration: answer(total) });
        await model.invoke('question', { callbacks: [new LlmTracingCallbackHandler({ tracer })] });
        for (const { attributes } of spans)
          expect(attributes).to.include({
            'llm.tokens.input': 32,
            'llm.tokens.output': output,
            'llm.tokens.reasoning': 94,
            'llm.tokens.total': total,
          });
        expect(spans).to.have.length(2);
      });
  });
});
