import { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import { anObject, aString, type Check, checkOptions, describe, oneOf } from '@llm-otel/common';
import type { BatchingOptions, ResolvedOptions } from '../options.js';
import { aTimer, batchingChecks, resolveBatching } from '../resolve-options.js';
import { readOtlpEnvironment } from './environment.js';
import type { HttpTarget } from './http-client.js';
import { isHeader } from './is-header.js';
import { parseUrl } from './parse-url.js';

/**
 * Options of `OtlpBatchingSpanExporter`. What is not given here is taken from the standard variables
 * `OTEL_EXPORTER_OTLP_TRACES_*` and then `OTEL_EXPORTER_OTLP_*`, as they are at construction.
 */
export interface OtlpBatchingOptions extends BatchingOptions {
  /**
   * Where spans are posted to, path included. Variables: `…_ENDPOINT`.
   * @defaultValue 'http://localhost:4318/v1/traces'
   */
  readonly url?: string | undefined;
  /** Sent with each request, together with those of the variables `…_HEADERS`, of which the same ones are replaced. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * `'gzip'` runs in a thread of its own. Variables: `…_COMPRESSION`.
   * @defaultValue 'none'
   */
  readonly compression?: 'gzip' | 'none' | undefined;
  /**
   * Milliseconds for one request, from its first byte to the last one of the answer. Variables: `…_TIMEOUT`.
   * @defaultValue 10000
   */
  readonly requestTimeoutMillis?: number | undefined;
  /**
   * For connections: `ca`, `cert`, `key` and whatever else `https.Agent` takes. Variables: `…_CERTIFICATE`,
   * `…_CLIENT_CERTIFICATE`, `…_CLIENT_KEY`.
   */
  readonly httpAgentOptions?: AgentOptions | undefined;
}

/** {@link OtlpBatchingOptions} with nothing left open. */
export interface ResolvedOtlpOptions extends ResolvedOptions, HttpTarget {
  readonly compression: 'gzip' | 'none';
  readonly requestTimeoutMillis: number;
}

const DEFAULT_URL = 'http://localhost:4318/v1/traces';
/** Nothing is serialized when a batch is sent: it may be larger, and there may be more, than where that is so. */
const DEFAULTS = { maxSpans: 2_048, maxBytes: 2 * 1_024 * 1_024, concurrencyLimit: 4 };

const headersCheck: Check = (value) => {
  const expected = 'an object of names and values of HTTP headers';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return expected;
  const wrong = Object.entries(value).find((header) => !isHeader(header));
  if (wrong === undefined) return undefined;
  const [name, text] = wrong;
  if (typeof text !== 'string') return `${expected}, in which "${name}" is a string, not ${describe(text)}`;
  // It may be a secret.
  return `${expected}, in which "${name}" and its value are texts that HTTP allows`;
};

/** An agent has its options in a property: taken for options itself, it would silently have none of them. */
const agentOptionsCheck: Check = (value) =>
  value instanceof Agent ? 'the options of an agent, and not an agent' : anObject(value);

/**
 * Checks options and fills in what the environment says, and the defaults.
 *
 * @throws TypeError if an option is unknown or wrong or contradicts another, or the environment names no place to send to
 */
export function resolveOtlpOptions(
  owner: string,
  options: OtlpBatchingOptions = {},
  env: NodeJS.ProcessEnv = process.env,
): ResolvedOtlpOptions {
  checkOptions<OtlpBatchingOptions>(owner, options, {
    url: aString,
    headers: headersCheck,
    compression: oneOf('gzip', 'none'),
    requestTimeoutMillis: aTimer,
    httpAgentOptions: agentOptionsCheck,
    ...batchingChecks,
  });
  const { url, headers, compression, requestTimeoutMillis, httpAgentOptions } = options;
  const resolved = resolveBatching(owner, options, DEFAULTS);
  const environment = readOtlpEnvironment(owner, env);
  const { ca, cert, key } = environment;
  return {
    ...resolved,
    url:
      url === undefined ? (environment.url ?? new URL(DEFAULT_URL)) : parseUrl(`${owner}: option "url"`, url),
    headers: { ...environment.headers, ...lowerCased(headers) },
    compression: compression ?? environment.compression ?? 'none',
    requestTimeoutMillis: requestTimeoutMillis ?? environment.requestTimeoutMillis ?? 10_000,
    agentOptions: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), ...httpAgentOptions },
    maxSockets: resolved.concurrencyLimit,
  };
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
