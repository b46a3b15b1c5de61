import type { RecordedRequest } from '../fake-provider/exchange.js';
import { baseUrls } from '../fake-provider/fake-provider.js';
import type { FakeReply } from '../fake-provider/fake-reply.js';
import type { Remote } from './messages.js';
import { ServiceProcess } from './service-process.js';

/** What the parent can call. */
export type FakeProviderService = {
  url(): string;
  requests(): readonly RecordedRequest[];
  requestCount(): number;
  enqueue(...replies: FakeReply[]): void;
  replyAlways(reply: FakeReply | undefined): void;
};

/** A {@link FakeProvider} in a process of its own: what it is asked for is a copy, at the time of asking. */
export interface ForkedFakeProvider extends Omit<Remote<FakeProviderService>, 'url'> {
  readonly url: string;
  readonly openAiBaseUrl: string;
  readonly anthropicBaseUrl: string;
  readonly pid: number | undefined;
  /** Kills the process, and with it its connections. */
  close(): Promise<void>;
}

/** Starts a fake provider in another process, so that it shares no event loop with what is measured. */
export async function forkFakeProvider(
  options: { readonly port?: number } = {},
): Promise<ForkedFakeProvider> {
  const main = require.resolve('./fake-provider-main.js');
  const provider = await ServiceProcess.start<FakeProviderService>(main, options);
  return {
    ...baseUrls(await provider.call('url')),
    pid: provider.pid,
    ...provider.remote('requests', 'requestCount', 'enqueue', 'replyAlways'),
    close: () => provider.stop(),
  };
}
