import { redactingLogRecordExporter } from '@llm-otel/redaction-span-processor';
import { recordDiag } from '@llm-otel/testing';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect } from 'chai';
import type * as sdk0 from 'sdk-logs-0';
import { emitted, FakeLogRecordExporter } from './support/log-lines.js';

describe('redactingLogRecordExporter', () => {
  it('is an exporter of each line of the SDK, and takes theirs', () => {
    const ofThis: LogRecordExporter = redactingLogRecordExporter(new FakeLogRecordExporter());
    const bare = { export: () => undefined, shutdown: async () => undefined };
    const ofOlder: sdk0.LogRecordExporter = redactingLogRecordExporter(bare satisfies sdk0.LogRecordExporter);
    expect([ofThis, ofOlder].map(({ export: method }) => typeof method)).to.deep.equal([
      'function',
      'function',
    ]);
  });

  it('throws a TypeError for anything that is no exporter, and for invalid options', () => {
    expect(() => redactingLogRecordExporter({} as LogRecordExporter)).to.throw(
      TypeError,
      'redactingLogRecordExporter: expected a LogRecordExporter, got an object',
    );
    const exporter = new FakeLogRecordExporter();
    expect(() => redactingLogRecordExporter(exporter, { content: 'drop' as 'mask' })).to.throw(
      TypeError,
      'redactingLogRecordExporter',
    );
  });

  it('passes on the result, forceFlush and shutdown', async () => {
    const calls: string[] = [];
    const exporter: LogRecordExporter = {
      export: (_, callback) => callback({ code: 1, error: new Error('full') }),
      forceFlush: async () => void calls.push('forceFlush'),
      shutdown: async () => {
        calls.push('shutdown');
        throw new Error('no');
      },
    };
    const wrapped = redactingLogRecordExporter(exporter);
    wrapped.export([], ({ code, error }) => calls.push(`${code} ${error?.message}`));
    await wrapped.forceFlush();
    expect(await wrapped.shutdown().catch(({ message }: Error) => message)).to.equal('no');
    expect(calls).to.deep.equal(['1 full', 'forceFlush', 'shutdown']);
    const bare = { export: () => undefined, shutdown: async () => undefined };
    await redactingLogRecordExporter(bare).forceFlush();
  });

  for (const [how, misbehave] of Object.entries({
    throws: () => {
      throw new Error('secret');
    },
    rejects: async () => {
      throw new Error('secret');
    },
  }))
    it(`reports failure, once, if the exporter ${how}`, async () => {
      const diag = recordDiag();
      try {
        const exporter = { export: misbehave, shutdown: async () => undefined };
        const wrapped = redactingLogRecordExporter(exporter);
        for (let count = 0; count < 2; count++) {
          const codes: number[] = [];
          wrapped.export([], ({ code }) => codes.push(code));
          await new Promise(setImmediate);
          expect(codes).to.deep.equal([1]);
        }
        expect(diag.messages.map(({ message }) => message)).to.deep.equal([
          'redactingLogRecordExporter: the wrapped exporter threw',
        ]);
        expect(JSON.stringify(diag.messages)).not.to.include('secret');
      } finally {
        diag.stop();
      }
    });

  it('omits an unreadable log record, removes unreadable values, and exports everything else', async () => {
    const diag = recordDiag();
    try {
      const trap = {
        enumerable: true,
        get: () => {
          throw new Error('secret');
        },
      };
      const cyclic: unknown[] = [];
      cyclic.push(cyclic);
      const { resource, instrumentationScope, hrTime, hrTimeObserved } = await emitted({});
      const parts = { resource, instrumentationScope, hrTime, hrTimeObserved, body: 'a' };
      const withTrap = (key: string) => Object.defineProperty({ 'app.b': 1 }, key, trap);
      const records: unknown[] = [
        new Proxy({}, trap),
        { ...parts, attributes: withTrap('app.trap') },
        { ...parts, attributes: withTrap('event.name') },
        { ...parts, attributes: withTrap('exception.stacktrace') },
        { ...parts, attributes: { 'app.b': 1 }, body: cyclic },
        { ...parts, attributes: { 'app.b': 1 } },
      ];
      const exporter = new FakeLogRecordExporter();
      redactingLogRecordExporter(exporter).export(records as ReadableLogRecord[], () => undefined);
      // What can't be read may be of an LLM call, of which the body is content.
      expect(exporter.records.map(({ body, attributes }) => [body, attributes])).to.deep.equal([
        [undefined, { 'app.b': 1 }],
        [undefined, {}],
        [undefined, {}],
        [undefined, { 'app.b': 1 }],
        ['a', { 'app.b': 1 }],
      ]);
      expect(diag.messages.map(({ message }) => message)).to.deep.equal([
        'redactingLogRecordExporter: a log record could not be read and was not exported',
        'redactingLogRecordExporter: a value could not be read and was removed',
      ]);
      expect(JSON.stringify(diag.messages)).not.to.include('secret');
    } finally {
      diag.stop();
    }
  });
});
