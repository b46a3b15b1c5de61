import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { flatHeaders, pause, readBody, startLocalServer } from '../local-server.js';
import { traceService } from './otlp-messages.js';
import { type ReceivedSpan, receivedSpans } from './received-span.js';
import { isAccepting, type ReceiverAnswer, writeAnswer } from './receiver-answer.js';
import { spanIdsOf } from './span-ids.js';

/** A request as it came, whatever it was answered. */
export interface ReceivedRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed; empty with `keep: 'ids'`. */
  readonly body: Buffer;
  /** How many spans it holds. */
  readonly spanCount: number;
  /** `Date.now()` when it had been read. */
  readonly receivedAt: number;
}

/** An OTLP/HTTP protobuf backend on the loopback interface. */
export interface OtlpReceiver {
  /** `http://127.0.0.1:<port>/v1/traces` */
  readonly url: string;
  /** Spans of the requests that were accepted, in order of arrival; empty with `keep: 'ids'`. */
  readonly spans: readonly ReceivedSpan[];
  /** Their ids, one for each time that a span was received. */
  readonly spanIds: readonly string[];
  /** Decompressed bodies of all requests, those that were not accepted included. */
  readonly bodies: readonly Buffer[];
  /** All requests whose body could be read. */
  readonly requests: readonly ReceivedRequest[];
  /** Sets the answers to the next requests, in order of their arrival. */
  answer(...answers: ReceiverAnswer[]): void;
  /** Sets the answer when `answer` has none left; `undefined`: 200. */
  answerAlways(answer: ReceiverAnswer | undefined): void;
  /** As `answerAlways`, but of all requests only that share, from 0 to 1, is answered with one of these, and the rest with 200. */
  answerSometimes(share: number, ...answers: readonly ReceiverAnswer[]): void;
  /** @throws Error if there are not that many after `timeoutMillis` (default 5,000) */
  waitForSpans(count: number, timeoutMillis?: number): Promise<void>;
  /** Forgets what was received, not what is to be answered. */
  clear(): void;
  close(): Promise<void>;
}

const unzip = promisify(gunzip);

/** How an {@link OtlpReceiver} is started. */
export interface OtlpReceiverOptions {
  /** @defaultValue a free port */
  readonly port?: number;
  /** `'ids'` keeps only span ids, for more spans than should be held in memory. @defaultValue 'spans' */
  readonly keep?: 'spans' | 'ids';
}

/** Starts an OTLP/HTTP receiver. */
export async function startOtlpReceiver(options: OtlpReceiverOptions = {}): Promise<OtlpReceiver> {
  const { port = 0, keep = 'spans' } = options;
  const spans: ReceivedSpan[] = [];
  const spanIds: string[] = [];
  const requests: ReceivedRequest[] = [];
  const next: ReceiverAnswer[] = [];
  let otherwise: () => ReceiverAnswer = () => ({});
  const arrivals = new EventEmitter().setMaxListeners(0);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refuse(request);
    if (refusal) return void response.writeHead(refusal).end();
    const answer = next.shift() ?? otherwise();
    if (answer.close === 'mid-body') {
      request.once('data', () => request.socket.resetAndDestroy());
      return;
    }
    const raw = await readBody(request).catch(() => undefined);
    if (raw === undefined) return; // the client went away
    let body: Buffer;
    let ids: readonly string[];
    let decoded: readonly ReceivedSpan[] = [];
    try {
      body = request.headers['content-encoding'] === 'gzip' ? await unzip(raw) : raw;
      if (keep === 'spans') {
        decoded = receivedSpans(traceService.ExportTraceServiceRequest.decode(body));
        ids = decoded.map(({ spanId }) => spanId);
      } else ids = spanIdsOf(body);
    } catch {
      return writeAnswer(response, { status: 400, message: 'not an ExportTraceServiceRequest' });
    }
    requests.push({
      headers: flatHeaders(request),
      body: keep === 'spans' ? body : Buffer.alloc(0),
      spanCount: ids.length,
      receivedAt: Date.now(),
    });
    if (answer.delayMillis !== undefined) await pause(response, answer.delayMillis);
    if (isAccepting(answer)) {
      const from = answer.rejectedSpans ?? 0;
      spanIds.push(...ids.slice(from));
      spans.push(...decoded.slice(from));
      arrivals.emit('spans');
    }
    if (answer.hang) return;
    if (answer.close) return void request.socket.destroy();
    return writeAnswer(response, answer);
  };
  const server = await startLocalServer(port, handle);

  return {
    url: `${server.origin}/v1/traces`,
    spans,
    spanIds,
    requests,
    get bodies() {
      return requests.map(({ body }) => body);
    },
    answer: (...answers) => void next.push(...answers),
    answerAlways: (answer = {}) => {
      otherwise = () => answer;
    },
    answerSometimes: (share, ...answers) => {
      otherwise = () =>
        Math.random() < share ? (answers[Math.floor(Math.random() * answers.length)] ?? {}) : {};
    },
    waitForSpans: (count, timeoutMillis = 5_000) =>
      waitFor(arrivals, () => spanIds.length, count, timeoutMillis),
    clear: () => {
      spans.length = 0;
      spanIds.length = 0;
      requests.length = 0;
    },
    close: () => server.close(),
  };
}

/** The status with which a request is refused unread, as an OTLP/HTTP backend would. */
function refuse(request: IncomingMessage): number | undefined {
  if (request.url !== '/v1/traces') return 404;
  if (request.method !== 'POST') return 405;
  if (request.headers['content-type'] !== 'application/x-protobuf') return 415;
  if (!['gzip', 'identity', undefined].includes(request.headers['content-encoding'])) return 415;
  return undefined;
}

function waitFor(
  arrivals: EventEmitter,
  received: () => number,
  count: number,
  timeoutMillis: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (received() >= count) settle(resolve);
    };
    const timer = setTimeout(() => {
      const error = new Error(`${count} spans expected within ${timeoutMillis} ms, received ${received()}.`);
      settle(() => reject(error));
    }, timeoutMillis);
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      arrivals.off('spans', check);
      how();
    };
    arrivals.on('spans', check);
    check();
  });
}
