import http from 'node:http';
import https from 'node:https';
import { clearImmediate, clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { gunzipSync } from 'node:zlib';
import { VERSION } from '../version.js';

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Its first 64 KiB. */
  readonly body: Uint8Array;
}

const MAX_BODY_BYTES = 64 * 1_024;
/** OTLP asks for it, and some firewalls block requests without one. */
const USER_AGENT = { 'user-agent': `llm-otel-batching-exporter-JavaScript/${VERSION}` };

/** Where and how requests are made. */
export interface HttpTarget {
  readonly url: URL;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly agentOptions: https.AgentOptions;
  /** Requests at the same time. */
  readonly maxSockets: number;
}

/** Posts to one URL over connections that are kept open, and that never keep the process alive. */
export class HttpClient {
  readonly #target: HttpTarget;
  readonly #agent: http.Agent;
  readonly #request: typeof http.request;
  #isClosed = false;

  constructor(target: HttpTarget) {
    const { url, agentOptions, maxSockets } = target;
    const isSecure = url.protocol === 'https:';
    const options = { keepAlive: true, maxSockets, ...agentOptions };
    this.#target = target;
    this.#agent = isSecure ? new https.Agent(options) : new http.Agent(options);
    this.#request = isSecure ? https.request : http.request;
  }

  /**
   * @param timeoutMillis - from now to the last byte of the response
   * @throws Error of the connection, or if there was no response in time or before `close`
   */
  async post(
    pieces: readonly Uint8Array[],
    headers: Readonly<Record<string, string>>,
    timeoutMillis: number,
  ): Promise<HttpAnswer> {
    const deadline = performance.now() + timeoutMillis;
    if (this.#isClosed) throw new Error('The client is closed.');
    for (;;) {
      try {
        return await this.#attempt(pieces, headers, deadline - performance.now());
      } catch (error) {
        // The server closed a kept connection just as it was reused: this is no failure of the backend. If the process was
        // frozen for a while, it may happen with every kept connection.
        const isStale = error instanceof StaleConnectionError && !this.#isClosed;
        if (!isStale || performance.now() >= deadline) throw error;
      }
    }
  }

  /** Ends all requests, and makes no more. */
  close(): void {
    this.#isClosed = true;
    this.#agent.destroy();
  }

  #closeIdle(): void {
    for (const sockets of Object.values(this.#agent.freeSockets))
      for (const socket of sockets ?? []) socket.destroy();
  }

  #attempt(
    pieces: readonly Uint8Array[],
    headers: Readonly<Record<string, string>>,
    timeoutMillis: number,
  ): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const request = this.#request(this.#target.url, {
        method: 'POST',
        agent: this.#agent,
        headers: { ...USER_AGENT, ...this.#target.headers, ...headers },
      });
      const expire = () => {
        reject(
          Object.assign(new Error(`no answer within ${Math.round(timeoutMillis)} ms`), { code: 'ETIMEDOUT' }),
        );
        request.destroy();
        // If one kept connection is dead without having been closed, the others may be too.
        if (request.reusedSocket) this.#closeIdle();
      };
      // Not the request's own timeout, which starts again with every byte. Timers run before network events: if the process
      // was frozen or busy, the response may have arrived, and is read before `expire` is called.
      let expiry: NodeJS.Immediate | undefined;
      const timer = setTimeout(() => {
        expiry = setImmediate(expire);
      }, timeoutMillis).unref();
      const stopTimer = () => {
        clearTimeout(timer);
        clearImmediate(expiry);
      };
      const fail = (error: Error) => {
        stopTimer();
        reject(error);
      };
      request.on('error', (error) =>
        fail(
          request.reusedSocket && isClosedByPeer(error)
            ? new StaleConnectionError(error.message, { cause: error })
            : error,
        ),
      );
      request.on('socket', (socket) => {
        socket.unref();
        if (request.reusedSocket) return;
        // If a name has several addresses, another handle may have replaced the first.
        socket.once('connect', () => socket.unref());
        // Node removes its own listener when writing fails after the response: the error would end the process.
        socket.on('error', ignore);
      });
      request.on('response', (response) => {
        const chunks: Uint8Array[] = [];
        let bytes = 0;
        const answer = () => {
          stopTimer();
          const { statusCode: status = 0, headers } = response;
          const body = decompressed(Buffer.concat(chunks), headers['content-encoding']);
          resolve({ status, retryAfter: headers['retry-after'], body });
          // The server may have responded before it had read everything, and the agent would wait for it to read the rest.
          // Not immediately: the end of writing is reported after what was received.
          setImmediate(() => {
            if (!request.writableFinished) request.destroy();
          });
        };
        response.on('data', (chunk: Uint8Array) => {
          bytes += chunk.length;
          if (bytes <= MAX_BODY_BYTES) return void chunks.push(chunk);
          answer();
          response.destroy();
        });
        response.on('error', fail);
        response.on('end', answer);
      });
      for (const piece of pieces) request.write(piece);
      request.end();
    });
  }
}

function ignore(): void {}

/** A server may compress its answer although nobody asked for it. What can't be decompressed can't be read anyway. */
function decompressed(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch {
    return body;
  }
}

/** A kept connection turned out to be closed before there was any response. */
class StaleConnectionError extends Error {}

function isClosedByPeer(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}
