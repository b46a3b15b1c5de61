import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapOpenAI } from '../../src/index.js';
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
});
