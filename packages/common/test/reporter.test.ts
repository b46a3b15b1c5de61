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

  it('reports where an error was thrown, but not its message, which may quote content', () => {
    new Reporter('Example').errorOnce('a callback threw', new RangeError('prompt was:\n    at SECRET'));
    expect(String(lines[0]?.[1])).to.match(/^RangeError\n\s+at /);
    expect(String(lines[0])).not.to.include('SECRET');
  });

  it('reports only the type of a thrown value that is not an error', () => {
    const told = [
      'SECRET, as text',
      { message: 'SECRET' },
      ['SECRET'],
      new Map([['SECRET', 1]]),
      42,
      null,
      Symbol('SECRET'),
    ].map((thrown, index) => {
      new Reporter(`Example ${index}`).errorOnce('a callback threw', thrown);
      return lines.at(-1)?.[1];
    });
    expect(told).to.deep.equal([
      'a value of type string',
      'an object of class Object',
      'an array of 1',
      'an object of class Map',
      'a value of type number',
      'null',
      'a value of type symbol',
    ]);
    new Reporter('Example').errorOnce('a callback threw nothing', undefined);
    expect(lines.at(-1)).to.deep.equal(['Example: a callback threw nothing']);
  });

  it('recognises errors of other realms, such as those of a test runner, and errors without a message or a stack', () => {
    const thrown = runInNewContext('new RangeError("SECRET")');
    new Reporter('Example').errorOnce('a callback threw', thrown);
    expect(String(lines[0]?.[1])).to.match(/^RangeError\n\s+at /);
    expect(String(lines[0])).not.to.include('SECRET');
    new Reporter('Example').errorOnce('a callback threw', new TypeError());
    expect(String(lines[1]?.[1])).to.match(/^TypeError\n\s+at /);
    const bare = Object.assign(new Error('SECRET'), { stack: undefined });
    new Reporter('Example').errorOnce('a callback threw', bare);
    expect(lines[2]?.[1]).to.equal('Error');
  });

  it('reports an error whose stack the application has turned into something else than text', () => {
    const { prepareStackTrace } = Error;
    Error.prepareStackTrace = (_error, callSites) => callSites;
    try {
      new Reporter('Example').errorOnce('a callback threw', new RangeError('SECRET'));
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
    }
    expect(lines).to.deep.equal([['Example: a callback threw', 'RangeError']]);
  });

  it('catches what the logger throws, and what reading an error throws', () => {
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

  it("stops at 100 causes, so that causes built from data can't fill memory or the log", () => {
    const reporter = new Reporter('Example');
    for (let i = 0; i < 1000; i++) reporter.warnOnce(`cause ${i}`);
    expect(lines).to.have.length(100);
  });
});
