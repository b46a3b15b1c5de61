import type { FakeError, ResolvedReply } from './fake-reply.js';

/** One request as an API sees it. */
export interface ApiCall {
  readonly body: Readonly<Record<string, unknown>>;
  readonly reply: ResolvedReply;
  /** Of the request, without the query. */
  readonly path: string;
  /** Unique in the server, for ids. */
  readonly id: string;
}

/** One server-sent event. */
export interface StreamEvent {
  /** The `event:` line, in the APIs that have one. */
  readonly event?: string;
  /** JSON, or text as it is. */
  readonly data: object | string;
  /** Whether it carries content: what `cutAfterChunks`, `errorAfterChunks` and `chunkDelayMillis` count. */
  readonly isContent?: boolean;
}

/** A response's body that is not JSON. */
export class RawBody {
  readonly contentType: string;
  readonly bytes: Buffer;

  constructor(contentType: string, bytes: Buffer) {
    this.contentType = contentType;
    this.bytes = bytes;
  }
}

/** How an endpoint streams. */
export interface Streaming {
  /** @defaultValue server-sent events */
  readonly contentType?: string;
  /** An event on the wire. @defaultValue a server-sent event */
  frame?(event: StreamEvent): Buffer;
  events(call: ApiCall): Iterable<StreamEvent>;
  /** The events of a failure in mid-stream. */
  error(error: FakeError, sequenceNumber: number): Iterable<StreamEvent>;
}

/** One endpoint of a provider: what it answers, in its own words. */
export interface FakeApi {
  /** The header that carries the request id. */
  readonly requestIdHeader: 'x-request-id' | 'request-id';
  /** JSON, or another body. */
  json(call: ApiCall): object | RawBody;
  errorBody(error: FakeError, requestId: string): object;
  /** Absent where the endpoint does not stream. */
  readonly streaming?: Streaming;
  /** The model, where the body does not name it. */
  model?(path: string): string;
  /** @defaultValue for a body that has `stream: true` */
  streams?(path: string): boolean;
}

/** When everything here happened, in seconds: fixed, so that replies are the same in every run. */
export const CREATED = 1_760_000_000;
