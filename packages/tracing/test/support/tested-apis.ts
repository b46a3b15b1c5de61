import Anthropic from '@anthropic-ai/sdk';
import type { FakeProvider } from '@llm-otel/testing';
import OpenAI from 'openai';
import { type WrapOptions, wrapAnthropic, wrapOpenAI } from '../../src/index.js';

export interface ClientOptions {
  readonly maxRetries?: number;
  readonly timeout?: number;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

/** What both clients' promises have. */
export interface CallPromise extends Promise<unknown> {
  asResponse(): Promise<Response>;
  withResponse(): Promise<{ data: unknown; response: Response; request_id?: string | null | undefined }>;
}

/** What both clients' streams have. */
export interface CallStream extends AsyncIterable<unknown> {
  readonly controller: AbortController;
  tee(): [CallStream, CallStream];
  toReadableStream(): ReadableStream;
}

/** What both clients' stream helpers have. */
export interface CallHelper extends AsyncIterable<unknown> {
  on(event: 'error' | 'abort' | 'end', listener: (error?: unknown) => void): unknown;
  abort(): void;
  done(): Promise<void>;
  /** That of the responses API has none. */
  toReadableStream?(): ReadableStream;
}

/** One API of one client, ready to be called. */
export interface Caller {
  readonly client: object;
  create(options?: RequestOptions, model?: string): CallPromise;
  /** Streams with the usage, where that has to be asked for. */
  createStream(options?: RequestOptions): CallPromise;
  helper(options?: RequestOptions): CallHelper;
  parse(): Promise<unknown>;
}

export interface TestedApi {
  readonly name: string;
  readonly api: 'chat' | 'responses' | 'messages';
  readonly provider: string;
  readonly model: string;
  readonly stopReason: string;
  readonly toolStopReason: string;
  /** Prompt: 2 messages or fewer, of which 3 characters are the system's. */
  readonly messageCount: number;
  /** @param wrap - wraps the client with these options; not at all without */
  connect(fake: FakeProvider, options?: ClientOptions, wrap?: WrapOptions): Caller;
}

const schema = { type: 'object', properties: { answer: { type: 'number' } } };
export const JSON_TEXT = '{"answer": 42}';

/** Lines of the clients; the types are those of the first. */
interface Clients {
  readonly OpenAI: typeof OpenAI;
  readonly Anthropic?: typeof Anthropic;
}
const lines: Readonly<Record<string, Clients>> = {
  '': { OpenAI, Anthropic },
  ', the major before': {
    OpenAI: (require('openai-5') as Clients).OpenAI,
    Anthropic: require('anthropic-sdk-0').Anthropic as typeof Anthropic,
  },
  ', the major after': { OpenAI: (require('openai-7') as Clients).OpenAI },
};

const openai = (Client: typeof OpenAI, fake: FakeProvider, options?: ClientOptions, wrap?: WrapOptions) => {
  const client = new Client({ apiKey: 'key', baseURL: fake.openAiBaseUrl, logLevel: 'off', ...options });
  return wrap === undefined ? client : wrapOpenAI(client, wrap);
};

const chat = (line: string, Client: typeof OpenAI): TestedApi => ({
  name: `OpenAI chat${line}`,
  api: 'chat',
  provider: 'openai',
  model: 'gpt-4o',
  stopReason: 'stop',
  toolStopReason: 'tool_calls',
  messageCount: 2,
  connect(fake, clientOptions, wrap) {
    const client = openai(Client, fake, clientOptions, wrap);
    const body = {
      model: 'gpt-4o',
      temperature: 0.5,
      max_completion_tokens: 100,
      messages: [
        { role: 'system' as const, content: 'sys' },
        { role: 'user' as const, content: 'question' },
      ],
    };
    const stream_options = { include_usage: true };
    return {
      client,
      create: (options, model = 'gpt-4o') => client.chat.completions.create({ ...body, model }, options),
      createStream: (options) =>
        client.chat.completions.create({ ...body, stream: true, stream_options }, options),
      helper: (options) => client.chat.completions.stream({ ...body, stream_options }, options),
      parse: () =>
        client.chat.completions.parse({
          ...body,
          response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
        }),
    };
  },
});

const responses = (line: string, Client: typeof OpenAI): TestedApi => ({
  name: `OpenAI responses${line}`,
  api: 'responses',
  provider: 'openai',
  model: 'gpt-4o',
  stopReason: 'completed',
  toolStopReason: 'completed',
  messageCount: 1,
  connect(fake, clientOptions, wrap) {
    const client = openai(Client, fake, clientOptions, wrap);
    const body = {
      model: 'gpt-4o',
      temperature: 0.5,
      max_output_tokens: 100,
      instructions: 'sys',
      input: 'question',
    };
    return {
      client,
      create: (options, model = 'gpt-4o') => client.responses.create({ ...body, model }, options),
      createStream: (options) => client.responses.create({ ...body, stream: true }, options),
      helper: (options) => client.responses.stream(body, options),
      parse: () =>
        client.responses.parse({
          ...body,
          text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } },
        }),
    };
  },
});

const messages = (line: string, Client: typeof Anthropic): TestedApi => ({
  name: `Anthropic messages${line}`,
  api: 'messages',
  provider: 'anthropic',
  model: 'claude-opus-4-1',
  stopReason: 'end_turn',
  toolStopReason: 'tool_use',
  messageCount: 1,
  connect(fake, clientOptions, wrap) {
    const plain = new Client({
      apiKey: 'key',
      baseURL: fake.anthropicBaseUrl,
      logLevel: 'off',
      ...clientOptions,
    });
    const client = wrap === undefined ? plain : wrapAnthropic(plain, wrap);
    const body = {
      model: 'claude-opus-4-1',
      temperature: 0.5,
      max_tokens: 100,
      system: 'sys',
      messages: [{ role: 'user' as const, content: 'question' }],
    };
    return {
      client,
      create: (options, model = 'claude-opus-4-1') => client.messages.create({ ...body, model }, options),
      createStream: (options) => client.messages.create({ ...body, stream: true }, options),
      helper: (options) => client.messages.stream(body, options),
      parse: () =>
        client.messages.parse({
          ...body,
          output_config: { format: { type: 'json_schema', schema } },
        }),
    };
  },
});

export const testedApis: readonly TestedApi[] = Object.entries(lines).flatMap(
  ([line, { OpenAI, Anthropic }]) => [
    chat(line, OpenAI),
    responses(line, OpenAI),
    ...(Anthropic === undefined ? [] : [messages(line, Anthropic)]),
  ],
);
