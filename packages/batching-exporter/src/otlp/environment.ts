import { readFileSync } from 'node:fs';
import { describe, isError, MAX_TIMER_MILLIS } from '@llm-otel/common';
import { diag } from '@opentelemetry/api';
import { isHeader } from './is-header.js';
import { parseUrl } from './parse-url.js';

const GENERAL = 'OTEL_EXPORTER_OTLP_';
const FOR_TRACES = 'OTEL_EXPORTER_OTLP_TRACES_';
const TRACES_PATH = 'v1/traces';

/** The settings in the standard variables of OTLP exporters. */
export interface OtlpEnvironment {
  readonly headers: Readonly<Record<string, string>>;
  readonly compression?: 'gzip' | 'none';
  readonly requestTimeoutMillis?: number;
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/**
 * Reads `OTEL_EXPORTER_OTLP_*`, except for the endpoint. Variables for traces take precedence over the general ones; an
 * empty or invalid variable counts as unset, and an invalid one is reported to `diag`.
 *
 * @throws TypeError for a file that can't be read: spans must only go where they were meant to go
 */
export function readOtlpEnvironment(owner: string, env: NodeJS.ProcessEnv): OtlpEnvironment {
  const variablesOf = (name: string) =>
    [FOR_TRACES + name, GENERAL + name].filter((variable) => env[variable]?.trim());
  const checked = <T>(name: string, expected: string, parse: (text: string) => T | undefined) => {
    for (const variable of variablesOf(name)) {
      const value = parse(env[variable]?.trim().toLowerCase() ?? '');
      if (value !== undefined) return value;
      diag.warn(`${owner}: ${variable} must be ${expected}, got ${describe(env[variable])}: it is ignored.`);
    }
    return undefined;
  };
  const file = (name: string) => {
    const [variable] = variablesOf(name);
    return variable === undefined ? undefined : readFile(owner, variable, env[variable]?.trim() ?? '');
  };

  checked('PROTOCOL', "'http/protobuf', the only protocol of this exporter", (text) =>
    text === 'http/protobuf' ? text : undefined,
  );
  const compression = checked('COMPRESSION', "'gzip' or 'none'", (text) =>
    text === 'gzip' || text === 'none' ? text : undefined,
  );
  const requestTimeoutMillis = checked('TIMEOUT', 'a positive number of milliseconds', (text) =>
    Number(text) > 0 && Number(text) <= MAX_TIMER_MILLIS ? Number(text) : undefined,
  );
  const ca = file('CERTIFICATE');
  const cert = file('CLIENT_CERTIFICATE');
  const key = file('CLIENT_KEY');
  return {
    headers: { ...readHeaders(owner, env, GENERAL), ...readHeaders(owner, env, FOR_TRACES) },
    ...(compression && { compression }),
    ...(requestTimeoutMillis && { requestTimeoutMillis }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  };
}

/**
 * The URL that `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` or else `OTEL_EXPORTER_OTLP_ENDPOINT` names.
 *
 * @throws TypeError if it is none
 */
export function readOtlpEndpoint(owner: string, env: NodeJS.ProcessEnv): URL | undefined {
  const forTraces = env[`${FOR_TRACES}ENDPOINT`]?.trim();
  if (forTraces) return parseUrl(`${owner}: ${FOR_TRACES}ENDPOINT`, forTraces);
  const general = env[`${GENERAL}ENDPOINT`]?.trim();
  if (!general) return undefined;
  const url = parseUrl(`${owner}: ${GENERAL}ENDPOINT`, general);
  url.pathname += url.pathname.endsWith('/') ? TRACES_PATH : `/${TRACES_PATH}`;
  return url;
}

/** Comma-separated `key=value` pairs, percent-encoded. */
function readHeaders(owner: string, env: NodeJS.ProcessEnv, prefix: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const pair of (env[`${prefix}HEADERS`] ?? '').split(',')) {
    if (pair.trim() === '') continue;
    const at = pair.indexOf('=');
    try {
      const name = decodeURIComponent(pair.slice(0, Math.max(at, 0)).trim());
      const value = decodeURIComponent(pair.slice(at + 1).trim());
      if (!isHeader([name, value])) throw new URIError('not a header');
      headers[name.toLowerCase()] = value;
    } catch {
      // Not shown: most such headers carry credentials.
      diag.warn(
        `${owner}: ${prefix}HEADERS must be comma-separated key=value pairs: an invalid one is ignored.`,
      );
    }
  }
  return headers;
}

function readFile(owner: string, variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = isError(error) && 'code' in error ? `${error.code}` : 'unknown';
    throw new TypeError(
      `${owner}: ${variable} must be the path of a file that can be read, got ${describe(path)} (${reason}).`,
      { cause: error },
    );
  }
}
