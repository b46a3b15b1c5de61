import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { withTracingSuppressed } from '@llm-otel/common';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { Refusal, SendResult, Sink, Sized } from '../core/sink.js';
import { withoutContent } from '../core/without-content.js';
import { sortFailure } from '../sort-failure.js';
import { estimateSpanBytes } from '../span-size.js';
import { Origins } from './encode-origin.js';
import { encodeSpan } from './encode-span.js';
import { tooLarge } from './encode-value.js';
import { type EncodedResource, type EncodedSpan, ITEM_BYTES, sizeOfEncoded } from './encoded-span.js';
import { type HttpAnswer, HttpClient } from './http-client.js';
import type { ResolvedOtlpOptions } from './options.js';
import { OtlpExportError } from './otlp-export-error.js';
import { ProtobufWriter } from './protobuf-writer.js';
import { buildRequest, type OtlpRequest } from './request.js';
import { readErrorMessage, readPartialSuccess } from './response.js';
import { retryAfterMillis } from './retry-after.js';

const PROTOBUF = { 'content-type': 'application/x-protobuf' };

/** Encodes each span once, and sends requests that are put together from encoded spans. */
export class OtlpSink implements Sink<EncodedSpan> {
  readonly #options: ResolvedOtlpOptions;
  readonly #client: HttpClient;
  readonly #writer = new ProtobufWriter();
  readonly #origins = new Origins();

  constructor(options: ResolvedOtlpOptions) {
    this.#options = options;
    this.#client = new HttpClient(options);
  }

  measure(span: ReadableSpan): number {
    return estimateSpanBytes(span) + ITEM_BYTES;
  }

  prepare(span: ReadableSpan, measured: number): Sized<EncodedSpan> | Refusal {
    try {
      return this.#encode(span, measured);
    } catch (error) {
      return error === tooLarge ? this.#prepareWithoutContent(span) : { refused: 'invalid_span' };
    }
  }

  /** The estimate was too low: the span does not fit into a batch after all. */
  #prepareWithoutContent(span: ReadableSpan): Sized<EncodedSpan> | Refusal {
    try {
      return this.#encode(withoutContent(span), 0);
    } catch (error) {
      return { refused: error === tooLarge ? 'span_too_large' : 'invalid_span' };
    }
  }

  #encode(span: ReadableSpan, guess: number): Sized<EncodedSpan> {
    const bytes = encodeSpan(this.#writer, span, guess, this.#options.batch.maxBytes);
    const item = { bytes, origin: this.#origins.of(span) };
    return { item, bytes: sizeOfEncoded(item) };
  }

  async send(spans: readonly EncodedSpan[]): Promise<SendResult> {
    try {
      await whenReady(spans);
      const answer = await this.#post(buildRequest(spans));
      return sortAnswer(answer, this.#options.url.pathname);
    } catch (error) {
      return sortFailure(error);
    }
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {
    this.#client.close();
  }

  async #post({ pieces, bytes }: OtlpRequest): Promise<HttpAnswer> {
    const { compression, requestTimeoutMillis } = this.#options;
    const deadline = performance.now() + requestTimeoutMillis;
    let body = pieces;
    let headers: Record<string, string> = { ...PROTOBUF, 'content-length': `${bytes}` };
    if (compression === 'gzip') {
      const zipped = await promisify(gzip)(Buffer.concat(pieces, bytes));
      body = [zipped];
      headers = { ...PROTOBUF, 'content-encoding': 'gzip', 'content-length': `${zipped.length}` };
    }
    return withTracingSuppressed(() => this.#client.post(body, headers, deadline - performance.now()));
  }
}

/** @param path - path of the request, which is reported if the backend does not know it */
function sortAnswer({ status, retryAfter, body }: HttpAnswer, path: string): SendResult {
  if (status >= 200 && status < 300) {
    const { rejectedSpans, message } = readPartialSuccess(body);
    if (!(rejectedSpans > 0)) return { status: 'delivered' };
    const error = new OtlpExportError(`The backend rejected ${rejectedSpans} spans: ${message}`, status);
    return { status: 'delivered', rejected: { count: rejectedSpans, problem: 'partial success', error } };
  }
  const text = readErrorMessage(body);
  const error = new OtlpExportError(`The backend answered ${status}${text ? `: ${text}` : '.'}`, status);
  // Redirections are not followed: spans must not go elsewhere than where they were meant to go.
  const failure = status < 400 ? { ...sortFailure(error), status: 'rejected' as const } : sortFailure(error);
  if (status === 404) return { ...failure, problem: `${failure.problem} at ${path}` };
  const millis = retryAfterMillis(retryAfter);
  return millis === undefined ? failure : { ...failure, retryAfterMillis: millis };
}

/** Detectors may still be finding out attributes of a resource. */
async function whenReady(spans: readonly EncodedSpan[]): Promise<void> {
  const pending = new Set<EncodedResource>();
  for (const { origin } of spans) if (origin.resource.ready !== undefined) pending.add(origin.resource);
  for (const resource of pending) await resource.ready;
}
