import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { flatHeaders, pause } from '../local-server.js';
import { RawBody, type StreamEvent, type Streaming } from './fake-api.js';

/** A request as the fake provider got it. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Record<string, string>;
  /** Parsed, if it is JSON or a form, of whose files there is the name; else its text. */
  readonly body: unknown;
  /** `Date.now()` when it had been read. */
  readonly receivedAt: number;
  /** Whether the connection was closed before the answer's end, by the client or by `close()`; not by `cutAfterChunks`. */
  readonly aborted: boolean;
}

/** A request and the way to answer it. */
export class Exchange {
  readonly request: RecordedRequest;
  readonly #response: ServerResponse;
  #isClosed = false;

  constructor(incoming: IncomingMessage, response: ServerResponse, body: unknown) {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const request = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: flatHeaders(incoming),
      body,
      receivedAt: Date.now(),
      aborted: false,
    };
    this.request = request;
    this.#response = response;
    response.once('close', () => {
      // `cut` has said already that it was not the client.
      request.aborted = !response.writableFinished && !this.#isClosed;
      this.#isClosed = true;
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The body, if it was an object, else an empty one. */
  get bodyObject(): Readonly<Record<string, unknown>> {
    const { body } = this.request;
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  }

  /** Resolves after a while, or when the connection is closed. */
  pause(millis: number): Promise<void> {
    return pause(this.#response, millis);
  }

  sendJson(status: number, body: object, headers: OutgoingHttpHeaders = {}): void {
    this.#response.writeHead(status, { 'content-type': 'application/json', ...headers });
    this.#response.end(JSON.stringify(body));
  }

  send(body: object | RawBody, headers: OutgoingHttpHeaders): void {
    if (body instanceof RawBody) {
      this.#response.writeHead(200, { 'content-type': body.contentType, ...headers });
      this.#response.end(body.bytes);
    } else this.sendJson(200, body, headers);
  }

  startStream(contentType: string | undefined, headers: OutgoingHttpHeaders): void {
    this.#response.writeHead(200, {
      'content-type': contentType ?? 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...headers,
    });
    this.#response.flushHeaders();
  }

  /** Resolves when the event has been handed to the operating system, so that a cut comes after it. */
  writeEvent(event: StreamEvent, frame: Streaming['frame']): Promise<void> {
    return new Promise((resolve) => {
      this.#response.write(frame?.(event) ?? serverSentEvent(event), () => resolve());
    });
  }

  endStream(): void {
    this.#response.end();
  }

  /** Closes the connection in the middle of the answer. */
  cut(): void {
    this.#isClosed = true;
    this.#response.destroy();
  }
}

function serverSentEvent({ event, data }: StreamEvent): string {
  const eventLine = event === undefined ? '' : `event: ${event}\n`;
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${eventLine}data: ${text}\n\n`;
}
