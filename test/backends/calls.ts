import type Anthropic from '@anthropic-ai/sdk';
import type { FakeReply } from '@llm-otel/testing';
import type OpenAI from 'openai';

export const SYSTEM = 'You answer briefly.';
export const PROMPT = 'What is the weather in Oulu?';
export const ANSWER = 'It snows.';

const ARGUMENTS = '{"city":"Oulu"}';
const SCHEMA = { type: 'object' as const, properties: { city: { type: 'string' } } };
const user = { role: 'user' as const, content: PROMPT };
const fromTool = { name: 'weather', arguments: ARGUMENTS };

interface Clients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

interface Call {
  readonly reply: FakeReply;
  readonly make: (clients: Clients) => Promise<unknown>;
}

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _chunk of stream);
}

/** The calls by name, which is also the name of the span around each. */
export const calls = {
  'openai chat': {
    reply: { text: ANSWER, usage: { input: 1500, output: 350, cacheRead: 1000, reasoning: 100 } },
    make: ({ openai }) =>
      openai.chat.completions.create({
        model: 'gpt-4o',
        temperature: 0.5,
        max_completion_tokens: 400,
        messages: [{ role: 'system', content: SYSTEM }, user],
      }),
  },
  'openai stream': {
    reply: { text: ANSWER, latencyMillis: 60, chunkDelayMillis: 60, usage: { input: 20, output: 8 } },
    make: async ({ openai }) =>
      read(
        await openai.chat.completions.create({
          model: 'gpt-4o',
          stream: true,
          stream_options: { include_usage: true },
          messages: [user],
        }),
      ),
  },
  'openai left stream': {
    reply: { text: ANSWER },
    make: async ({ openai }) => {
      const stream = await openai.chat.completions.create({
        model: 'gpt-4o',
        stream: true,
        messages: [user],
      });
      for await (const { choices } of stream) if (choices[0]?.delta.content) break;
    },
  },
  'openai tool call': {
    reply: { toolCalls: [fromTool] },
    make: ({ openai }) =>
      openai.chat.completions.create({
        model: 'gpt-4o',
        messages: [user],
        tools: [{ type: 'function', function: { name: 'weather', parameters: SCHEMA } }],
      }),
  },
  'openai error': {
    reply: { error: { status: 400, message: `Cannot process: ${PROMPT}` } },
    make: ({ openai }) => openai.chat.completions.create({ model: 'gpt-4o', messages: [user] }),
  },
  'openai embeddings': {
    reply: { usage: { input: 20 } },
    make: ({ openai }) => openai.embeddings.create({ model: 'text-embedding-3-small', input: PROMPT }),
  },
  'openai responses': {
    reply: { text: ANSWER, usage: { input: 1500, output: 350, cacheRead: 1000, reasoning: 100 } },
    make: ({ openai }) => openai.responses.create({ model: 'gpt-4o', instructions: SYSTEM, input: PROMPT }),
  },
  'anthropic messages': {
    reply: { text: ANSWER, usage: { input: 3500, output: 200, cacheRead: 2000, cacheWrite: 1000 } },
    make: ({ anthropic }) =>
      anthropic.messages.create({
        model: 'claude-opus-4-8',
        max_tokens: 400,
        system: SYSTEM,
        messages: [user],
      }),
  },
  'anthropic stream': {
    reply: { text: ANSWER, latencyMillis: 60, chunkDelayMillis: 60, usage: { input: 20, output: 8 } },
    make: ({ anthropic }) =>
      anthropic.messages
        .stream({ model: 'claude-opus-4-8', max_tokens: 400, messages: [user] })
        .finalMessage(),
  },
  'anthropic tool call': {
    reply: { toolCalls: [fromTool] },
    make: ({ anthropic }) =>
      anthropic.messages.create({
        model: 'claude-opus-4-8',
        max_tokens: 400,
        tools: [{ name: 'weather', input_schema: SCHEMA }],
        messages: [user],
      }),
  },
  'anthropic error': {
    reply: { error: { status: 529, message: `Overloaded: ${PROMPT}` } },
    make: ({ anthropic }) =>
      anthropic.messages.create({ model: 'claude-opus-4-8', max_tokens: 400, messages: [user] }),
  },
} satisfies Readonly<Record<string, Call>>;

export type CallName = keyof typeof calls;
