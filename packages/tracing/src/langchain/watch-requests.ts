import { subscribe } from 'node:diagnostics_channel';
import { guard } from '../reporter.js';
import { asArray, asNumber, field } from '../unknown-values.js';
import { type RunRequests, requestsOfRun } from './model-run-scope.js';

/** One per process, also if this package is loaded more than once: otherwise each request would be counted twice. */
const WATCHING = Symbol.for('@llm-otel/tracing.watching-requests');

/** The user agent of LangSmith's client. LangChain's own tracer may start to upload runs within one. */
const LANGSMITH = 'langsmith-js/';

interface Watched {
  readonly requests: RunRequests;
  readonly target: string;
}

/**
 * Notifies runs of models of the requests that `fetch` makes for them, which Node publishes: LangChain repeats calls that
 * fail, and reports nothing about that.
 */
export function watchRequests(): void {
  if (Object.hasOwn(globalThis, WATCHING)) return;
  Object.defineProperty(globalThis, WATCHING, { value: true });
  const allWatched = new WeakMap<object, Watched>();
  const watched = (message: unknown) => allWatched.get(Object(field(message, 'request')));
  const on = (event: string, react: (message: unknown) => void) =>
    subscribe(`undici:request:${event}`, (message) =>
      guard('a request could not be counted', () => react(message)),
    );
  on('create', (message) => {
    const requests = requestsOfRun();
    const request = field(message, 'request');
    if (requests === undefined || String(field(request, 'headers')).includes(LANGSMITH)) return;
    const target = `${field(request, 'method')} ${field(request, 'origin')}${field(request, 'path')}`;
    allWatched.set(Object(request), { requests, target });
    requests.started(target);
  });
  on('headers', (message) => {
    const request = watched(message);
    if (request === undefined) return;
    const response = field(message, 'response');
    const status = asNumber(field(response, 'statusCode'));
    if (status !== undefined && status >= 400)
      request.requests.failed(request.target, { status, headers: readHeaders(field(response, 'headers')) });
  });
  on('error', (message) => {
    const request = watched(message);
    request?.requests.failed(request.target, field(message, 'error'));
  });
}

/** @param headers - names and values in turn, as bytes */
function readHeaders(headers: unknown): Readonly<Record<string, string>> {
  const all = asArray(headers).map(String);
  return Object.fromEntries(all.flatMap((name, at) => (at % 2 === 0 ? [[name, all[at + 1] ?? '']] : [])));
}
