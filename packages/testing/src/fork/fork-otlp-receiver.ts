import type { OtlpReceiverOptions, ReceivedRequest } from '../otlp-receiver/otlp-receiver.js';
import type { ReceivedSpan } from '../otlp-receiver/received-span.js';
import type { ReceiverAnswer } from '../otlp-receiver/receiver-answer.js';
import type { Remote } from './messages.js';
import { ServiceProcess } from './service-process.js';

/** What the parent can call. */
export type OtlpReceiverService = {
  url(): string;
  spans(): readonly ReceivedSpan[];
  /** Cheaper than `spans()`: to reconcile many. */
  spanIds(): readonly string[];
  spanCount(): number;
  requests(): readonly ReceivedRequest[];
  answer(...answers: ReceiverAnswer[]): void;
  answerAlways(answer: ReceiverAnswer | undefined): void;
  answerSometimes(share: number, ...answers: readonly ReceiverAnswer[]): void;
  waitForSpans(count: number, timeoutMillis?: number): Promise<void>;
  clear(): void;
};

/** An {@link OtlpReceiver} in a process of its own: what it is asked for is a copy, at the time of asking. */
export interface ForkedOtlpReceiver extends Omit<Remote<OtlpReceiverService>, 'url'> {
  readonly url: string;
  readonly pid: number | undefined;
  bodies(): Promise<readonly Buffer[]>;
  /** Kills the process, and with it its connections. */
  close(): Promise<void>;
}

/** Starts an OTLP receiver in another process, so that it shares no event loop with what is measured. */
export async function forkOtlpReceiver(options: OtlpReceiverOptions = {}): Promise<ForkedOtlpReceiver> {
  const main = require.resolve('./otlp-receiver-main.js');
  const receiver = await ServiceProcess.start<OtlpReceiverService>(main, options);
  return {
    url: await receiver.call('url'),
    pid: receiver.pid,
    ...receiver.remote('spans', 'spanIds', 'spanCount', 'requests'),
    ...receiver.remote('answer', 'answerAlways', 'answerSometimes', 'waitForSpans', 'clear'),
    bodies: async () => (await receiver.call('requests')).map(({ body }) => body),
    close: () => receiver.stop(),
  };
}
