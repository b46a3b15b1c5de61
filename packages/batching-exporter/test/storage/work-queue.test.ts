import { Reporter } from '@llm-otel/common';
import { recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { nextTurn } from '../../src/core/waiting.js';
import { WorkQueue } from '../../src/storage/work-queue.js';

describe('WorkQueue', () => {
  it('does one thing after the other, tells of what fails once, and goes on', async () => {
    const diagnostics = recordDiag();
    const work = new WorkQueue(new Reporter('Example'));
    const done: number[] = [];
    const step = async (number: number) => {
      await nextTurn();
      done.push(number);
      if (number % 2 === 1) throw new Error('as it may');
    };
    await Promise.all([1, 2, 3, 4].map((number) => work.do(() => step(number))));
    diagnostics.stop();
    expect(done).to.deep.equal([1, 2, 3, 4]);
    expect(diagnostics.messages.map(({ message }) => message)).to.deep.equal([
      'Example: an operation on storage.directory failed',
    ]);
  });
});
