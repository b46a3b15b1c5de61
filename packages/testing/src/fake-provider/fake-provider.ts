import { readBody, startLocalServer } from '../local-server.js';
import { Exchange, type RecordedRequest } from './exchange.js';
import type { ApiCall, FakeApi } from './fake-api.js';
import { type FakeError, type FakeReply, resolveReply } from './fake-reply.js';
import { parseBody } from './parse-body.js';
import { findApi } from './routes.js';
import { streamReply } from './stream-reply.js';

/** An LLM provider on the loopback interface that speaks the APIs of OpenAI and Anthropic. */
export interface FakeProvider {
  readonly url: string;
  /** For `new OpenAI({ baseURL })`. */
  readonly openAiBaseUrl: string;
  /** For `new Anthropic({ baseURL })`. */
  readonly anthropicBaseUrl: string;
  /** Every request in order of arrival, a client's retries included. */
  readonly requests: readonly RecordedRequest[];
  /** Sets the replies to the next requests, in order of their arrival; after them a default reply is given. */
  enqueue(...replies: FakeReply[]): void;
  /** Sets the reply when nothing is enqueued, before `options.reply` is asked; `undefined`: none. */
  replyAlways(reply: FakeReply | undefined): void;
  close(): Promise<void>;
}

/** How a {@link FakeProvider} is started. */
export interface FakeProviderOptions {
  /** @defaultValue a free port */
  readonly port?: number;
  /** Decides on the reply to a request for which nothing was enqueued. */
  readonly reply?: (request: RecordedRequest) => FakeReply | undefined;
}

/** Starts a fake provider. */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const requests: RecordedRequest[] = [];
  const queue: FakeReply[] = [];
  let always: FakeReply | undefined;
  const server = await startLocalServer(options.port ?? 0, async (incoming, response) => {
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) return; // the client went away
    const parsed = await parseBody(incoming.headers['content-type'], body);
    const exchange = new Exchange(incoming, response, parsed);
    const { request } = exchange;
    requests.push(request);
    const id = String(requests.length).padStart(6, '0');
    const api = findApi(request.method, request.path);
    if (api === undefined) return exchange.sendJson(404, { error: { message: `No ${request.path} here.` } });
    const call = { body: exchange.bodyObject, id, path: request.path };
    const model = call.body.model ?? api.model?.(request.path);
    if (typeof model !== 'string')
      return sendError(exchange, api, id, { status: 400, message: 'you must provide a model parameter' });
    const reply = queue.shift() ?? always ?? options.reply?.(request) ?? {};
    await answer(exchange, api, { ...call, reply: resolveReply(reply, model) }, reply);
  });

  return {
    ...baseUrls(server.origin),
    requests,
    enqueue: (...replies) => void queue.push(...replies),
    replyAlways: (reply) => {
      always = reply;
    },
    close: () => server.close(),
  };
}

/** Where the clients find the server. */
export function baseUrls(url: string): Pick<FakeProvider, 'url' | 'openAiBaseUrl' | 'anthropicBaseUrl'> {
  return { url, openAiBaseUrl: `${url}/v1`, anthropicBaseUrl: url };
}

async function answer(exchange: Exchange, api: FakeApi, call: ApiCall, reply: FakeReply): Promise<void> {
  if (reply.hang) return;
  if (reply.latencyMillis !== undefined) await exchange.pause(reply.latencyMillis);
  if (exchange.isClosed) return;
  if (reply.error !== undefined && reply.errorAfterChunks === undefined)
    return sendError(exchange, api, call.id, reply.error);
  const headers = { [api.requestIdHeader]: `req_${call.id}`, ...reply.headers };
  const { streaming } = api;
  // A form and a query have texts only.
  const stream = call.body.stream ?? exchange.request.query.stream;
  const asked = api.streams?.(call.path) ?? (stream === true || stream === 'true');
  if (streaming !== undefined && asked) return streamReply(exchange, streaming, call, reply, headers);
  exchange.send(api.json(call), headers);
}

function sendError(exchange: Exchange, api: FakeApi, id: string, error: FakeError): void {
  const { status, retryAfterSeconds } = error;
  exchange.sendJson(status, api.errorBody(error, `req_${id}`), {
    [api.requestIdHeader]: `req_${id}`,
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  });
}
