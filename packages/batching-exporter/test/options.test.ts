import zlib from 'node:zlib';
import { FakeSpanExporter } from '@llm-otel/testing';
import { metrics } from '@opentelemetry/api';
import { expect } from 'chai';
import { stub } from 'sinon';
import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '../src/index.js';
import { resolveOptions } from '../src/resolve-options.js';

const construct = (options: unknown) => () =>
  Reflect.construct(BatchingSpanExporter, [new FakeSpanExporter(), options]);

describe('options', () => {
  it('has these defaults', () => {
    expect(resolveOptions('Example')).to.deep.equal({
      queue: { maxSpans: 65_536, maxBytes: 67_108_864, overflow: 'drop-newest' },
      batch: { maxSpans: 512, maxBytes: 524_288, flushIntervalMillis: 1_000 },
      retry: {
        initialIntervalMillis: 1_000,
        multiplier: 1.5,
        randomizationFactor: 0.5,
        maxIntervalMillis: 30_000,
        maxElapsedTimeMillis: 300_000,
      },
      concurrencyLimit: 8,
      timeoutMillis: 30_000,
      flushOnExit: false,
      meterProvider: undefined,
      storage: undefined,
    });
  });

  it('takes undefined, which a variable of the environment may be, for what is not given', () => {
    const none: string | undefined = process.env.LLM_OTEL_TEST_OF_NOTHING;
    const exporter = new OtlpBatchingSpanExporter({
      url: none,
      headers: undefined,
      queue: { maxSpans: undefined },
      retry: undefined,
      storage: undefined,
      meterProvider: undefined,
    });
    return exporter.shutdown();
  });

  it('lowers the default of a batch to what the queue holds', () => {
    const { batch } = resolveOptions('Example', { queue: { maxSpans: 100, maxBytes: 2_000 } });
    expect(batch).to.deep.equal({ maxSpans: 100, maxBytes: 2_000, flushIntervalMillis: 1_000 });
  });

  it('raises the default of the longest interval to the first one', () => {
    const { retry } = resolveOptions('Example', { retry: { initialIntervalMillis: 60_000 } });
    expect(retry.maxIntervalMillis).to.equal(60_000);
  });

  it('takes every option', () => {
    const options = {
      queue: { maxSpans: 10, maxBytes: 1_000, overflow: 'drop-oldest' },
      batch: { maxSpans: 5, maxBytes: 500, flushIntervalMillis: 50 },
      retry: {
        initialIntervalMillis: 10,
        multiplier: 1,
        randomizationFactor: 0,
        maxIntervalMillis: 10,
        maxElapsedTimeMillis: 0,
      },
      concurrencyLimit: 4,
      timeoutMillis: 100,
      flushOnExit: true,
      meterProvider: metrics.getMeterProvider(),
      storage: { directory: '/var/lib/spans', maxBytes: 1_000_000 },
    } as const;
    expect(resolveOptions('Example', options)).to.deep.equal(options);
  });

  for (const [given, message] of [
    [
      { queueSize: 1 },
      'BatchingSpanExporter: unknown option "queueSize". The options are: queue, batch, retry',
    ],
    [{ queue: 5 }, 'BatchingSpanExporter: option "queue" must be an object, got 5 (number).'],
    [
      { queue: { maxspans: 5 } },
      'BatchingSpanExporter: option "queue": unknown option "maxspans". Did you mean "maxSpans"?',
    ],
    [
      { queue: { maxSpans: 0 } },
      'BatchingSpanExporter: option "queue": option "maxSpans" must be a positive integer, got 0 (number).',
    ],
    [
      { queue: { overflow: 'block' } },
      `option "overflow" must be one of 'drop-newest', 'drop-oldest', got "block" (string).`,
    ],
    [
      { batch: { flushIntervalMillis: 2 ** 31 } },
      'option "flushIntervalMillis" must be a positive number of milliseconds, 2147483647 at the most',
    ],
    [{ retry: { multiplier: 0.5 } }, 'option "multiplier" must be a number of 1 or more, got 0.5 (number).'],
    [
      { retry: { randomizationFactor: 2 } },
      'option "randomizationFactor" must be a number from 0 to 1, got 2',
    ],
    [{ retry: { maxElapsedTimeMillis: -1 } }, 'option "maxElapsedTimeMillis" must be a number of 0 or more'],
    [{ timeoutMillis: '10s' }, 'option "timeoutMillis" must be a positive number of milliseconds'],
    [{ timeoutMillis: Number.NaN }, 'option "timeoutMillis" must be a positive number of milliseconds'],
    [
      { batch: { maxSpans: 11 }, queue: { maxSpans: 10 } },
      'option "batch.maxSpans" must not be above "queue.maxSpans" (10), got 11',
    ],
    [
      { batch: { maxBytes: 2 ** 27 } },
      'option "batch.maxBytes" must not be above "queue.maxBytes" (67108864), got 134217728',
    ],
    [
      { retry: { initialIntervalMillis: 500, maxIntervalMillis: 400 } },
      'option "retry.maxIntervalMillis" must not be below "retry.initialIntervalMillis" (500), got 400 (number).',
    ],
  ] as const)
    it(`says: ${message}`, () => expect(construct(given)).to.throw(TypeError, message));

  it('says that storage needs a later Node.js than the rest', () => {
    // What Node 20.0 to 20.14 lack.
    const without = stub(zlib, 'crc32').value(undefined);
    try {
      expect(construct({ storage: { directory: '/tmp' } })).to.throw(
        TypeError,
        `BatchingSpanExporter: option "storage" needs Node.js 20.15 or later, and this is ${process.version}: leave it out here.`,
      );
    } finally {
      without.restore();
    }
  });
});

describe('the wrapped exporter', () => {
  for (const [name, given] of [
    ['nothing', undefined],
    ['an options object', { url: 'http://localhost:4318' }],
    ['something with export() alone', { export: () => undefined }],
  ] as const)
    it(`may not be ${name}`, () => {
      const make = () => Reflect.construct(BatchingSpanExporter, [given]);
      expect(make).to.throw(TypeError, /expected an exporter with a method \w+\(\), got/);
    });
});
