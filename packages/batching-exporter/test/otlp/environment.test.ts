import { Agent } from 'node:https';
import { type DiagRecorder, recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { type OtlpBatchingOptions, OtlpBatchingSpanExporter } from '../../src/index.js';
import { resolveOtlpOptions } from '../../src/otlp/options.js';

const resolve = (env: NodeJS.ProcessEnv, options?: OtlpBatchingOptions) =>
  resolveOtlpOptions('Example', options, env);
const urlOf = (env: NodeJS.ProcessEnv, options?: OtlpBatchingOptions) => resolve(env, options).url.href;

describe('OTEL_EXPORTER_OTLP_*', () => {
  let diagnostics: DiagRecorder;
  beforeEach(() => {
    diagnostics = recordDiag();
  });
  afterEach(() => diagnostics.stop());

  it('need not be set', () => {
    expect(resolve({})).to.deep.include({
      url: new URL('http://localhost:4318/v1/traces'),
      headers: {},
      compression: 'none',
      requestTimeoutMillis: 10_000,
      agentOptions: {},
      concurrencyLimit: 4,
      batch: { maxSpans: 2_048, maxBytes: 2_097_152, flushIntervalMillis: 1_000 },
    });
  });

  for (const [endpoint, url] of [
    ['http://collector:4318', 'http://collector:4318/v1/traces'],
    ['http://collector:4318/', 'http://collector:4318/v1/traces'],
    ['https://example.com/otlp', 'https://example.com/otlp/v1/traces'],
    ['https://example.com/otlp/?key=1', 'https://example.com/otlp/v1/traces?key=1'],
  ] as const)
    it(`takes ${endpoint} as the base of the URL`, () => {
      expect(urlOf({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).to.equal(url);
    });

  it('takes the endpoint for traces as it is, before the general one', () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://general:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces:4318/custom',
    };
    expect(urlOf(env)).to.equal('http://traces:4318/custom');
    expect(urlOf(env, { url: 'http://option/' })).to.equal('http://option/');
  });

  it('does not look at the endpoint of other exporters when the option names one', () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' };
    expect(urlOf(env, { url: 'http://option/' })).to.equal('http://option/');
  });

  it('takes an empty variable for one that is not set', () => {
    const env = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ' ',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://general:4318',
    };
    expect(urlOf(env)).to.equal('http://general:4318/v1/traces');
  });

  it('puts headers together: the general ones, those for traces, those of the options', () => {
    const env = {
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20abc==, a = general ,b=general,c=general',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'B=traces,c=traces',
    };
    expect(resolve(env, { headers: { C: 'option' } }).headers).to.deep.equal({
      authorization: 'Bearer abc==',
      a: 'general',
      b: 'traces',
      c: 'option',
    });
  });

  it('takes compression and timeout', () => {
    const env = { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip', OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2500' };
    expect(resolve(env)).to.include({ compression: 'gzip', requestTimeoutMillis: 2_500 });
  });

  it('takes no compression for traces before the general one, and reports nothing', () => {
    const env = { OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'none', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' };
    expect(resolve(env)).to.include({ compression: 'none' });
    expect(diagnostics.messages).to.deep.equal([]);
  });

  it('takes the general variable if the one for traces is invalid, as if that were not set', () => {
    const env = {
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'zstd',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '0',
      OTEL_EXPORTER_OTLP_TIMEOUT: '2500',
    };
    expect(resolve(env)).to.include({ compression: 'gzip', requestTimeoutMillis: 2_500 });
    expect(diagnostics.messages).to.have.length(2);
  });

  it('ignores a timeout that no timer can take', () => {
    for (const timeout of ['Infinity', '3000000000'])
      expect(resolve({ OTEL_EXPORTER_OTLP_TIMEOUT: timeout })).to.include({ requestTimeoutMillis: 10_000 });
    expect(diagnostics.messages).to.have.length(2);
  });

  it('does not care about the case of what is one of several words', () => {
    const env = { OTEL_EXPORTER_OTLP_COMPRESSION: 'GZIP', OTEL_EXPORTER_OTLP_PROTOCOL: 'HTTP/protobuf' };
    expect(resolve(env)).to.include({ compression: 'gzip' });
    expect(diagnostics.messages).to.deep.equal([]);
  });

  it('reports what is wrong, never showing a header, and goes on without it', () => {
    const env = {
      OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd',
      OTEL_EXPORTER_OTLP_TIMEOUT: 'soon',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_HEADERS: 'secret,ok=1,bad=%E0%A4%A,line=%0A',
    };
    expect(resolve(env)).to.deep.include({
      compression: 'none',
      requestTimeoutMillis: 10_000,
      headers: { ok: '1' },
    });
    expect(diagnostics.messages.map(({ message }) => message)).to.deep.equal([
      `Example: OTEL_EXPORTER_OTLP_PROTOCOL must be 'http/protobuf', the only protocol of this exporter, got "grpc" (string): it is ignored.`,
      `Example: OTEL_EXPORTER_OTLP_COMPRESSION must be 'gzip' or 'none', got "zstd" (string): it is ignored.`,
      'Example: OTEL_EXPORTER_OTLP_TIMEOUT must be a positive number of milliseconds, got "soon" (string): it is ignored.',
      'Example: OTEL_EXPORTER_OTLP_HEADERS must be comma-separated key=value pairs: an invalid one is ignored.',
      'Example: OTEL_EXPORTER_OTLP_HEADERS must be comma-separated key=value pairs: an invalid one is ignored.',
      'Example: OTEL_EXPORTER_OTLP_HEADERS must be comma-separated key=value pairs: an invalid one is ignored.',
    ]);
  });

  for (const [env, message] of [
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      'Example: OTEL_EXPORTER_OTLP_ENDPOINT must be a URL that begins with http:// or https://, got "collector:4318" (string). Did you mean "http://collector:4318"?',
    ],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'grpc://x' }, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT must be a URL'],
    [
      { OTEL_EXPORTER_OTLP_CERTIFICATE: 'none.pem' },
      'Example: OTEL_EXPORTER_OTLP_CERTIFICATE must be the path of a file that can be read, got "none.pem" (string) (ENOENT).',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318', OTEL_EXPORTER_OTLP_CLIENT_KEY: __filename },
      'Example: the certificates and keys of OTEL_EXPORTER_OTLP_* and of option "httpAgentOptions" must be valid and belong together, ' +
        'and Node.js can not use them (ERR_OSSL_UNSUPPORTED).',
    ],
  ] as const)
    it(`says at construction: ${message}`, () => {
      expect(() => resolve(env)).to.throw(TypeError, message);
    });

  it('shows no credentials of an endpoint', () => {
    for (const OTEL_EXPORTER_OTLP_ENDPOINT of [
      'me:secret@collector:4318',
      'https//me:se@cret@collector:4318',
      'http://me:secret#1@collector:4318',
    ])
      expect(() => resolve({ OTEL_EXPORTER_OTLP_ENDPOINT })).to.throw(
        TypeError,
        /begins with http:\/\/ or https:\/\/, got "…@collector:4318" \(string\)\.$/,
      );
  });

  it('says at construction that credentials must be percent-encoded: Node.js could send no request', () => {
    expect(resolve({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:100%25@collector' }).url.password).to.equal(
      '100%25',
    );
    for (const OTEL_EXPORTER_OTLP_ENDPOINT of ['http://me:100%@collector', 'http://50%:secret@collector'])
      expect(() => resolve({ OTEL_EXPORTER_OTLP_ENDPOINT })).to.throw(
        TypeError,
        /^Example: OTEL_EXPORTER_OTLP_ENDPOINT must have its user name and password percent-encoded \(% as %25\)\.$/,
      );
  });

  for (const [options, message] of [
    [
      { url: 'localhost:4318/v1/traces' },
      'OtlpBatchingSpanExporter: option "url" must be a URL that begins with http:// or https://, got "localhost:4318/v1/traces" (string). Did you mean "http://localhost:4318/v1/traces"?',
    ],
    [{ url: 5 }, 'option "url" must be a string, got 5 (number).'],
    [{ compression: 'br' }, `option "compression" must be one of 'gzip', 'none', got "br" (string).`],
    [{ headers: ['a'] }, 'option "headers" must be an object of HTTP header names and values, got'],
    [{ headers: { ok: '1', a: 1 } }, 'in which "a" is a string, not 1 (number), got'],
    [{ headers: { authorization: undefined } }, 'in which "authorization" is a string, not undefined, got'],
    [{ headers: { 'a b': '1' } }, 'in which "a b" and its value are valid in HTTP'],
    [{ headers: { a: 'line\nbreak' } }, 'in which "a" and its value are valid in HTTP'],
    [{ requestTimeoutMillis: 0 }, 'option "requestTimeoutMillis" must be a positive number of milliseconds'],
    [
      { httpAgentOptions: new Agent({ ca: 'a certificate' }) },
      'option "httpAgentOptions" must be the options of an agent, not an agent, got an object of class Agent.',
    ],
    [
      { endpoint: 'http://x' },
      'OtlpBatchingSpanExporter: unknown option "endpoint". The options are: url, headers',
    ],
    [
      { queue: { maxBytes: 1_000 }, batch: { maxBytes: 2_000 } },
      'option "batch.maxBytes" must not be above "queue.maxBytes" (1000), got 2000',
    ],
    [null, 'OtlpBatchingSpanExporter: expected an options object, got null.'],
  ] as const)
    it(`says at construction: ${message}`, () => {
      expect(() => Reflect.construct(OtlpBatchingSpanExporter, [options])).to.throw(TypeError, message);
    });

  it('has no suggestion for an endpoint that is empty', () => {
    expect(() => new OtlpBatchingSpanExporter({ url: '' })).to.throw(TypeError, /got "" \(string\)\.$/);
  });
});
