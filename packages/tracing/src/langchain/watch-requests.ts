import { subscribe } from 'node:diagnostics_channel';
import { asArray, asNumber, field } from '../json.js';
import { type RunRequests, requestsOfRun } from '../langchain-run-scope.js';
import { guard } from '../reporter.js';

/** One per process, also if this package is loaded more than once: otherwise each request would be counted twice. */
const WATCHING = Symbol.for('@llm-otel/tracing.watching-requests');

interface Watched {
  readonly requests: RunRequests;
  readonly target: string;
}

/**
 * Tells runs of models of the requests that `fetch` makes for them, which Node publishes: LangChain repeats calls that
 * fail, and reports none of that.
 */
export function watchRequests(): void {
  if (Object.hasOwn(globalThis, WATCHING)) return;
  Object.defineProperty(globalThis, WATCHING, { value: true });
  const watched = new WeakMap<object, Watched>();
  const on = (event: string, react: (message: unknown) => void) =>
    subscribe(`undici:request:${event}`, (message) =>
      guard('a request could not be counted', () => react(message)),
    );
  const failed = (message: unknown, failure: unknown) => {
    const of = watched.get(Object(field(message, 'request')));
    of?.requests.failed(of.target, failure);
  };
  on('create', (message) => {
    const requests = requestsOfRun();
    if (requests === undefined) return;
    const request = field(message, 'request');
    const target = `${field(request, 'method')} ${field(request, 'origin')}${field(request, 'path')}`;
    watched.set(Object(request), { requests, target });
    requests.started(target);
  });
  on('headers', (message) => {
    const response = field(message, 'response');
    const status = asNumber(field(response, 'statusCode'));
    if (status !== undefined && status >= 400)
      failed(message, { status, headers: readHeaders(field(response, 'headers')) });
  });
  on('error', (message) => failed(message, field(message, 'error')));
}

/** @param headers - names and values in turn, as bytes */
function readHeaders(headers: unknown): Readonly<Record<string, string>> {
  const all = asArray(headers).map(String);
  return Object.fromEntries(all.flatMap((name, at) => (at % 2 === 0 ? [[name, all[at + 1] ?? '']] : [])));
}
