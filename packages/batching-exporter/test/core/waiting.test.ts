import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Deadline, Pauses } from '../../src/core/waiting.js';

describe('Pauses', () => {
  it('may be longer than a timer can be set to, and are then as long as it can', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => warnings.push(name);
    process.on('warning', onWarning);
    let isOver = false;
    for (const millis of [2 ** 31, Number.POSITIVE_INFINITY])
      void new Pauses().pause(millis).then(() => {
        isOver = true;
      });
    await sleep(50);
    process.off('warning', onWarning);
    expect([isOver, warnings]).to.deep.equal([false, []]);
  });
});

describe('Deadline', () => {
  it('goes before what is there already when it is over', async () => {
    const deadline = new Deadline(1);
    const before = performance.now();
    while (performance.now() < before + 5); // its timer has had no chance
    expect(await deadline.within(Promise.resolve('there'))).to.equal('expired');
  });

  it('leaves no rejection unhandled that comes after it', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown) => unhandled.push(error);
    const others = process.rawListeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', onUnhandled);
    const deadline = new Deadline(1);
    await sleep(5);
    expect(await deadline.within(Promise.reject(new Error('late')))).to.equal('expired');
    await sleep(5);
    process.off('unhandledRejection', onUnhandled);
    for (const listener of others) process.on('unhandledRejection', listener as () => void);
    expect(unhandled).to.deep.equal([]);
  });
});
