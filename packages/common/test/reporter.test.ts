import { runInNewContext } from 'node:vm';
import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { expect } from 'chai';
import { Reporter } from '../src/index.js';

describe('Reporter', () => {
  let lines: unknown[][];

  beforeEach(() => {
    lines = [];
    const add = (...line: unknown[]) => lines.push(line);
    const logger: DiagLogger = { error: add, warn: add, info: add, debug: add, verbose: add };
    diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  });
  afterEach(() => diag.disable());

  it('reports a cause once', () => {
    const reporter = new Reporter('Example');
    for (let i = 0; i < 3; i++) reporter.warnOnce('the queue is full');
    reporter.errorOnce('another cause');
    expect(lines).to.deep.equal([['Example: the queue is full'], ['Example: another cause']]);
  });

  it('tells where an error was thrown, but not its message, which may quote content', () => {
    new Reporter('Example').errorOnce('a callback threw', new RangeError('prompt was:\n    at SECRET'));
    expect(String(lines[0]?.[1])).to.match(/^RangeError\n\s+at /);
    expect(String(lines[0])).not.to.include('SECRET');
  });

  it('tells no more of what is thrown and is an error of another realm, or no error', () => {
    const foreign: unknown = runInNewContext('new RangeError("prompt was: SECRET")');
    for (const thrown of [foreign, 'SECRET', { message: 'SECRET' }, ['SECRET'], () => 'SECRET'])
      new Reporter('Example').errorOnce('a callback threw', thrown);
    expect(lines.map(([, detail]) => String(detail).split('\n')[0])).to.deep.equal([
      'RangeError',
      'a value of type string',
      'a value of type object',
      'a value of type object',
      'a value of type function',
    ]);
    expect(JSON.stringify(lines)).not.to.include('SECRET');
  });

  it('does not let a logger that throws, or an error that cannot be read, into the application', () => {
    const unreadable = Object.defineProperty(new Error(), 'stack', {
      get: () => {
        throw new Error('no stack');
      },
    });
    const reporter = new Reporter('Example');
    expect(() => reporter.errorOnce('an odd error', unreadable)).not.to.throw();
    const add = () => {
      throw new Error('no log');
    };
    diag.setLogger(
      { error: add, warn: add, info: add, debug: add, verbose: add },
      { suppressOverrideMessage: true },
    );
    expect(() => reporter.warnOnce('another cause')).not.to.throw();
  });

  it('stops at 100 causes, so that causes made of data cannot fill memory or log', () => {
    const reporter = new Reporter('Example');
    for (let i = 0; i < 1000; i++) reporter.warnOnce(`cause ${i}`);
    expect(lines).to.have.length(100);
  });
});
