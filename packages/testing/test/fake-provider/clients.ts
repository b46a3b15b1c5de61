import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { type FakeProvider, type FakeProviderOptions, startFakeProvider } from '../../src/index.js';

/** A fake provider and the real clients that call it, for the tests of one `describe`. */
export function useClients(options?: FakeProviderOptions): () => {
  provider: FakeProvider;
  openai: OpenAI;
  anthropic: Anthropic;
} {
  let provider: FakeProvider;
  let openai: OpenAI;
  let anthropic: Anthropic;
  beforeEach(async () => {
    provider = await startFakeProvider(options);
    openai = new OpenAI({ baseURL: provider.openAiBaseUrl, apiKey: 'test' });
    anthropic = new Anthropic({ baseURL: provider.anthropicBaseUrl, apiKey: 'test' });
  });
  afterEach(() => provider.close());
  return () => ({ provider, openai, anthropic });
}

export const messages: [{ role: 'user'; content: string }] = [{ role: 'user', content: 'Say hello.' }];
export const chatRequest = { model: 'gpt-4o', messages };
export const messagesRequest = { model: 'claude-sonnet-5', max_tokens: 100, messages };
export const responsesRequest = { model: 'gpt-4o', input: 'Say hello.' };

export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expectedRejection(),
    (error: unknown) => error,
  );
}

function expectedRejection(): never {
  throw new Error('The promise was expected to reject.');
}
