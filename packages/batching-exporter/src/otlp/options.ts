import { X509Certificate } from 'node:crypto';
import { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import { URL } from 'node:url';
import { anObject, aString, type Check, checkOptions, describe, isError, oneOf } from '@llm-otel/common';
import type { BatchingOptions, ResolvedOptions } from '../options.js';
import { aTimer, batchingChecks, resolveBatching } from '../resolve-options.js';
import { readOtlpEndpoint, readOtlpEnvironment } from './environment.js';
import type { HttpTarget } from './http-client.js';
import { isHeader } from './is-header.js';
import { parseUrl } from './parse-url.js';

/**
 * Options of `OtlpBatchingSpanExporter`. An option that is not set is read, at construction, from the standard
 * environment variables: first from `OTEL_EXPORTER_OTLP_TRACES_*`, then from `OTEL_EXPORTER_OTLP_*`.
 */
export interface OtlpBatchingOptions extends BatchingOptions {
  /**
   * URL to which spans are posted, including the path. Variables: `…_ENDPOINT`.
   * @defaultValue 'http://localhost:4318/v1/traces'
   */
  readonly url?: string | undefined;
  /**
   * HTTP headers of each request. They are added to those of the variables `…_HEADERS` and replace headers of the
   * same name.
   * @defaultValue none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Compression of requests; `'gzip'` runs in another thread. Variables: `…_COMPRESSION`.
   * @defaultValue 'none'
   */
  readonly compression?: 'gzip' | 'none' | undefined;
  /**
   * Milliseconds for one request, from its start to the last byte of its response. Variables: `…_TIMEOUT`.
   * @defaultValue 10000
   */
  readonly requestTimeoutMillis?: number | undefined;
  /**
   * Options of the HTTP agent: `ca`, `cert`, `key` and any other option of `https.Agent`. Variables: `…_CERTIFICATE`,
   * `…_CLIENT_CERTIFICATE`, `…_CLIENT_KEY`.
   * @defaultValue Node's
   */
  readonly httpAgentOptions?: AgentOptions | undefined;
}

/** {@link OtlpBatchingOptions} with all defaults applied. */
export interface ResolvedOtlpOptions extends ResolvedOptions, HttpTarget {
  readonly compression: 'gzip' | 'none';
  readonly requestTimeoutMillis: number;
}

const DEFAULT_URL = 'http://localhost:4318/v1/traces';
/** Spans are encoded before a batch is sent, so batches may be larger than those of a wrapped exporter. */
const DEFAULTS = { maxSpans: 2_048, maxBytes: 2 * 1_024 * 1_024, concurrencyLimit: 4 };

const headersCheck: Check = (value) => {
  const expected = 'an object of HTTP header names and values';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return expected;
  const wrong = Object.entries(value).find((header) => !isHeader(header));
  if (wrong === undefined) return undefined;
  const [name, text] = wrong;
  if (typeof text !== 'string') return `${expected}, in which "${name}" is a string, not ${describe(text)}`;
  // The value may be a secret: it is not shown.
  return `${expected}, in which "${name}" and its value are valid in HTTP`;
};

/** An agent keeps its options in a property: used as options, it would silently have none of them. */
const agentOptionsCheck: Check = (value) =>
  value instanceof Agent ? 'the options of an agent, not an agent' : anObject(value);

/**
 * Checks options and applies the environment and the defaults.
 *
 * @throws TypeError if an option is unknown, wrong or contradicts another, if the environment has an invalid endpoint or
 *   an unreadable file, or if certificates and keys can't be used
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
  const { headers, compression, requestTimeoutMillis, httpAgentOptions } = options;
  const resolved = resolveBatching(owner, options, DEFAULTS);
  // Not looked at if there is an option: the variable may be meant for other exporters.
  const url =
    options.url === undefined
      ? (readOtlpEndpoint(owner, env) ?? new URL(DEFAULT_URL))
      : parseUrl(`${owner}: option "url"`, options.url);
  const environment = readOtlpEnvironment(owner, env);
  const { ca, cert, key } = environment;
  const agentOptions = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), ...httpAgentOptions };
  if (url.protocol === 'https:') checkCertificates(owner, agentOptions);
  return {
    ...resolved,
    url,
    headers: { ...environment.headers, ...lowerCased(headers) },
    compression: compression ?? environment.compression ?? 'none',
    requestTimeoutMillis: requestTimeoutMillis ?? environment.requestTimeoutMillis ?? 10_000,
    agentOptions,
    maxSockets: resolved.concurrencyLimit,
  };
}

/** What Node can't use would make each request fail, for a reason that does not pass. */
function checkCertificates(owner: string, agentOptions: AgentOptions): void {
  // For Node an empty text is none, too.
  if (![agentOptions.ca || []].flat().every(isCertificate))
    throw new TypeError(
      `${owner}: OTEL_EXPORTER_OTLP_CERTIFICATE and option "httpAgentOptions.ca" must be certificates in PEM ` +
        '(-----BEGIN CERTIFICATE-----), and Node.js can not read one of them.',
    );
  try {
    createSecureContext(agentOptions);
  } catch (error) {
    const code = isError(error) && 'code' in error ? ` (${error.code})` : '';
    throw new TypeError(
      `${owner}: the certificates and keys of OTEL_EXPORTER_OTLP_* and of option "httpAgentOptions" must be valid and ` +
        `belong together, and Node.js can not use them${code}.`,
      { cause: error },
    );
  }
}

/** Node leaves out what it can't read of them, without an error, and then trusts nobody. */
function isCertificate(ca: string | Buffer): boolean {
  try {
    // Node takes any bytes, not only a Buffer.
    const text = typeof ca === 'string' ? ca : Buffer.from(ca).toString();
    return /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text) && Boolean(new X509Certificate(ca));
  } catch {
    return false;
  }
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
