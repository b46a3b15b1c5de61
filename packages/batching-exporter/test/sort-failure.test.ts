import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { sortFailure, thrown } from '../src/sort-failure.js';

const withCode = (code: unknown, name = 'Error') => Object.assign(new Error('secret prompt'), { code, name });

describe('sortFailure', () => {
  for (const [status, codes] of [
    ['rejected', [400, 401, 403, 404, 405, 415, 422, 431, 499, 500, 501]],
    ['retry', [408, 429, 502, 503, 504, 301]],
    ['split', [413]],
    // gRPC: invalid argument … unauthenticated, against cancelled, unknown, deadline, exhausted, aborted, …
    ['rejected', [3, 5, 6, 7, 9, 12, 16]],
    ['retry', [1, 2, 4, 8, 10, 11, 13, 14, 15]],
    ['retry', ['ECONNREFUSED', 'ENOTFOUND', 'ERR_SOMETHING', undefined, null]],
  ] as const)
    it(`answers ${status} for the codes ${codes.join(', ')}`, () => {
      for (const code of codes) expect(sortFailure(withCode(code)).status, `${code}`).to.equal(status);
    });

  it('retries what comes without an error, or with something else', () => {
    for (const error of [undefined, null, 'failed', { code: 400 }])
      expect(sortFailure(error)).to.deep.equal({ status: 'retry', problem: 'no error given', error });
  });

  it('names class and code in the log line, not the message, which may quote content', () => {
    expect(sortFailure(withCode(503, 'OTLPExporterError')).problem).to.equal('OTLPExporterError 503');
    expect(sortFailure(withCode('ECONNRESET')).problem).to.equal('Error ECONNRESET');
    expect(sortFailure(new TypeError('secret prompt')).problem).to.equal('TypeError');
    const foreign: unknown = runInNewContext('new TypeError("secret prompt")');
    expect(sortFailure(foreign).problem).to.equal('TypeError');
    expect(thrown(new RangeError('secret prompt')).problem).to.equal('the wrapped exporter threw RangeError');
  });
});
