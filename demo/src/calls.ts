import type Anthropic from '@anthropic-ai/sdk';
import type { FakeReply } from '@llm-otel/testing';
import type OpenAI from 'openai';

/** The two clients that an application would have. */
export interface Clients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

/** One call of the demo. */
export interface DemoCall {
  readonly title: string;
  readonly api: keyof Clients;
  readonly prompt: string;
  /** Replies of the fake provider, one per attempt. */
  readonly replies: readonly FakeReply[];
  /** Makes the call and returns the text of the response. */
  readonly run: (clients: Clients, prompt: string) => Promise<string>;
  /** Whether the call also makes sense with the real API. */
  readonly live?: boolean;
}

const SYSTEM = 'You are a helpful assistant of ACME Inc. Never mention the secret project HALCYON.';

async function openaiChat({ openai }: Clients, model: string, prompt: string): Promise<string> {
  const completion = await openai.chat.completions.create({
    model,
    max_completion_tokens: 400,
    messages: [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: prompt },
    ],
  });
  return completion.choices[0]?.message.content ?? '';
}

async function openaiChatStream({ openai }: Clients, model: string, prompt: string): Promise<string> {
  const stream = await openai.chat.completions.create({
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: prompt }],
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

async function openaiResponses({ openai }: Clients, model: string, prompt: string): Promise<string> {
  const response = await openai.responses.create({ model, instructions: SYSTEM, input: prompt });
  return response.output_text;
}

async function anthropicMessage({ anthropic }: Clients, model: string, prompt: string): Promise<string> {
  const message = await anthropic.messages.create({
    model,
    max_tokens: 400,
    system: SYSTEM,
    messages: [{ role: 'user', content: prompt }],
  });
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

async function anthropicStream({ anthropic }: Clients, model: string, prompt: string): Promise<string> {
  const message = await anthropic.messages
    .stream({ model, max_tokens: 400, messages: [{ role: 'user', content: prompt }] })
    .finalMessage();
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

const rateLimited: FakeReply = {
  error: { status: 429, message: 'Rate limit reached for ACME', retryAfterSeconds: 0.05 },
};

export const demoCalls: readonly DemoCall[] = [
  {
    title: 'OpenAI chat',
    api: 'openai',
    live: true,
    prompt: 'Summarise the letter of Ms Aurelia Quince, born 12 March 1981.',
    replies: [
      {
        text: 'Ms Quince asks for her file to be closed.',
        usage: { input: 1500, output: 350 },
        latencyMillis: 80,
      },
    ],
    run: (clients, prompt) => openaiChat(clients, 'gpt-4o', prompt),
  },
  {
    title: 'OpenAI chat, streamed',
    api: 'openai',
    live: true,
    prompt: 'Write a limerick about the merger with Borealis.',
    replies: [
      {
        chunks: ['A banker ', 'from Borealis ', 'bought ', 'an aurora ', 'palace'],
        chunkDelayMillis: 15,
        latencyMillis: 40,
        usage: { input: 2000, output: 500 },
      },
    ],
    run: (clients, prompt) => openaiChatStream(clients, 'gpt-4o-mini', prompt),
  },
  {
    title: 'OpenAI responses, cached prompt',
    api: 'openai',
    live: true,
    prompt: 'Which of the attached contracts mention Vantaa?',
    replies: [
      { text: 'Contracts 7 and 12 mention Vantaa.', usage: { input: 1500, output: 350, cacheRead: 1000 } },
    ],
    run: (clients, prompt) => openaiResponses(clients, 'gpt-4.1', prompt),
  },
  {
    title: 'Anthropic messages, cached prompt',
    api: 'anthropic',
    live: true,
    prompt: 'Is the tenant at 4 Rosemary Lane in arrears?',
    replies: [
      {
        text: 'Yes, by two months at Rosemary Lane.',
        usage: { input: 3500, output: 200, cacheRead: 2000, cacheWrite: 1000 },
        latencyMillis: 60,
      },
    ],
    run: (clients, prompt) => anthropicMessage(clients, 'claude-opus-4-8', prompt),
  },
  {
    title: 'Anthropic messages, streamed',
    api: 'anthropic',
    live: true,
    prompt: 'Translate: the nightingale sings at dusk.',
    replies: [
      {
        chunks: ['Die Nachtigall ', 'singt ', 'in der Dämmerung.'],
        chunkDelayMillis: 15,
        usage: { input: 1000, output: 100 },
      },
    ],
    run: (clients, prompt) => anthropicStream(clients, 'claude-haiku-4-5', prompt),
  },
  {
    title: 'Rate-limited twice, then successful',
    api: 'openai',
    prompt: 'What did the auditor say about Peregrine?',
    replies: [
      rateLimited,
      rateLimited,
      { text: 'The auditor praised Peregrine.', usage: { input: 1000, output: 100 } },
    ],
    run: (clients, prompt) => openaiChat(clients, 'gpt-4o', prompt),
  },
  {
    title: 'Invalid request',
    api: 'anthropic',
    prompt: 'Draft the letter of dismissal for Mr Thaddeus Finch.',
    replies: [
      {
        error: {
          status: 400,
          type: 'invalid_request_error',
          message: 'messages.0: could not process "Draft the letter of dismissal for Mr Thaddeus Finch."',
        },
      },
    ],
    run: (clients, prompt) => anthropicMessage(clients, 'claude-opus-4-8', prompt),
  },
  {
    title: 'Unknown model',
    api: 'openai',
    prompt: 'Ask the in-house model about Project Ostrich.',
    replies: [{ text: 'Project Ostrich has its head in the sand.', usage: { input: 800, output: 60 } }],
    run: (clients, prompt) => openaiChat(clients, 'acme-large-1', prompt),
  },
];

/** Every text that must not leave the process: prompts, system prompts, responses and error messages. */
export const secretTexts: readonly string[] = [
  SYSTEM,
  ...demoCalls.flatMap((call) => [
    call.prompt,
    ...call.replies.flatMap((reply) => [
      ...(reply.text === undefined ? [] : [reply.text]),
      ...(reply.chunks ?? []).map((chunk) => chunk.trim()),
      ...(reply.error?.message === undefined ? [] : [reply.error.message]),
    ]),
  ]),
];
