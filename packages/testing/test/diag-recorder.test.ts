import { DiagLogLevel, diag } from '@opentelemetry/api';
import { expect } from 'chai';
import { recordDiag } from '../src/index.js';

describe('recordDiag', () => {
  it('keeps warnings and errors with their arguments, until it is stopped', () => {
    const recorder = recordDiag();
    diag.warn('careful', { reason: 1 });
    diag.error('broken');
    diag.info('by the way');
    recorder.stop();
    diag.error('too late');
    expect(recorder.messages).to.deep.equal([
      { level: 'warn', message: 'careful', args: [{ reason: 1 }] },
      { level: 'error', message: 'broken', args: [] },
    ]);
  });

  it('keeps less urgent messages on request', () => {
    const recorder = recordDiag(DiagLogLevel.ALL);
    diag.debug('detail');
    recorder.stop();
    expect(recorder.messages).to.deep.include({ level: 'debug', message: 'detail', args: [] });
  });
});
