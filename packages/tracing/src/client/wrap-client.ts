import { checkOptions, describe } from '@llm-otel/common';
import { capturing } from '../content/capturing.js';
import { guard, reporter } from '../reporter.js';
import { telemetryOf } from '../telemetry.js';
import { field } from '../unknown-values.js';
import { identifyCalls } from './client-identity.js';
import type { ClientKind, ClientOptions, MethodPath, TracedClientOptions } from './client-kind.js';
import { copyMethods, copyState } from './copy-state.js';
import { countAttempts, type Fetch } from './count-attempts.js';
import { defineHidden } from './define-hidden.js';
import { notingLeft } from './left-helpers.js';
import { type Method, traceMethod } from './trace-method.js';
import { tracePoll } from './trace-poll.js';

/** Marks a traced client, whichever copy of this package traces it. */
const TRACED = Symbol.for('@llm-otel/tracing.traced-client');

/**
 * Returns a copy of the client, made by the client itself (`withOptions`), whose calls are traced. The application's
 * client is not touched; it is returned if it can't be copied.
 *
 * @throws TypeError if it is not a client of this vendor, or an option is unknown or of the wrong type
 */
export function wrapClient<T extends object>(
  owner: string,
  client: T,
  kind: ClientKind,
  options: TracedClientOptions,
): T {
  checkOptions(owner, options, kind.optionChecks);
  checkClient(owner, client, kind);
  if (field(client, TRACED) === true) return client;
  if (typeof field(client, 'withOptions') !== 'function') {
    reporter.warnOnce('a client without withOptions() can not be copied, and is not traced');
    return client;
  }
  return (
    guard('a client could not be copied, and is not traced', () => {
      const copy = tracedCopy(client, kind, kind.ownOptions(client), options);
      if (copy !== undefined) copyState(client, copy);
      return copy;
    }) ?? client
  );
}

function checkClient(owner: string, client: unknown, { packageName, methods: [{ path }] }: ClientKind): void {
  if (typeof path.reduce(field, client) === 'function') return;
  // A string may be an API key: it is not shown.
  const given = typeof client === 'string' ? 'a string' : describe(client);
  throw new TypeError(
    `${owner}: expected a client of ${packageName}, which has ${path.join('.')}(), got ${given}.`,
  );
}

/** @returns `undefined` if a copy would not be equal to the client */
function tracedCopy<T extends object>(
  client: T,
  kind: ClientKind,
  own: ClientOptions,
  options: TracedClientOptions,
  withOptions: Method = field(client, 'withOptions') as Method,
): T | undefined {
  let passed: ClientOptions = {};
  const copy = withCountingFetch(
    (given) => {
      passed = given;
      return withOptions.call(client, given) as T;
    },
    { ...own, ...kind.tracedOptions(client, own) },
    own.fetch ?? field(client, 'fetch'),
  );
  // The constructor of a subclass may take something else than options. Its copies then lack headers, `fetch` and so on.
  const taken = field(copy, '_options');
  if (passed.fetch !== undefined && taken !== undefined && field(taken, 'fetch') === undefined) {
    reporter.warnOnce(
      'a client can not be copied, and is not traced, because the constructor of its class does not take the options ' +
        'that withOptions() passes',
    );
    return undefined;
  }
  if (field(client, TRACED) !== true) copyMethods(client, copy);
  const inherited = field(copy, 'withOptions') as Method;
  // A `withOptions()` that returns the same client would otherwise go through more and more wrappers.
  if (!traceInPlace(copy, kind, options)) return copy;
  defineHidden(
    copy,
    'withOptions',
    (more: ClientOptions = {}) =>
      guard('a copy of a client is not traced', () => tracedCopy(copy, kind, more, options, inherited)) ??
      inherited.call(copy, more),
  );
  return copy;
}

/** Traces the calls of a client that already counts its attempts. @returns `false` if the client is already traced */
export function traceInPlace(client: object, kind: ClientKind, options: TracedClientOptions): boolean {
  if (field(client, TRACED) === true) return false;
  defineHidden(client, TRACED, true);
  traceMethods(client, kind, options);
  return true;
}

/**
 * Creates a client with a `fetch` that counts its attempts, or without one if the client accepts none: openai 7 does its
 * own requests if a certificate is its key. What `make` throws in that case is the client's own error.
 */
export function withCountingFetch<T>(
  make: (options: ClientOptions) => T,
  options: ClientOptions,
  fetch: unknown,
): T {
  try {
    return make({
      ...options,
      fetch: countAttempts(typeof fetch === 'function' ? (fetch as Fetch) : globalFetch),
    });
  } catch {
    const client = make(options);
    reporter.warnOnce('a client does not accept a fetch option: its retries are not counted');
    return client;
  }
}

const globalFetch: Fetch = (url, init) => globalThis.fetch(url as string, init as RequestInit);

function traceMethods(client: object, kind: ClientKind, options: TracedClientOptions): void {
  const telemetry = telemetryOf(options);
  const identityFor = identifyCalls(client, kind, options, telemetry);
  for (const { path, api } of kind.methods) {
    const observed = telemetry.captureContent ? capturing(api) : api;
    const identify = identityFor(api.operation);
    replaceMethod(client, path, (method) =>
      traceMethod(method, observed, identify, options.includeUsage === true),
    );
  }
  for (const path of kind.helpers) replaceMethod(client, path, notingLeft);
  for (const { path, api } of kind.polls)
    replaceMethod(client, path, (method) => tracePoll(method, api, identityFor(api.operation)));
}

function replaceMethod(client: object, path: MethodPath, traced: (method: Method) => Method): void {
  const resource = path.slice(0, -1).reduce<unknown>(field, client);
  const name = path[path.length - 1] as string;
  const method = field(resource, name);
  if (typeof resource !== 'object' || resource === null || typeof method !== 'function') return;
  defineHidden(resource, name, traced(method as Method));
}
