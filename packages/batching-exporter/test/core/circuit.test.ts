import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { Circuit } from '../../src/core/circuit.js';
import { fakeTimers } from '../support.js';

const options = {
  initialIntervalMillis: 100,
  multiplier: 2,
  randomizationFactor: 0,
  maxIntervalMillis: 300,
  maxElapsedTimeMillis: 10_000,
};

describe('Circuit', () => {
  let clock: SinonFakeTimers;
  let circuit: Circuit;
  beforeEach(() => {
    clock = fakeTimers();
    clock.tick(5_000);
    circuit = new Circuit(options);
  });
  afterEach(() => clock.restore());
  const pause = () => circuit.nextAttemptAt(false) - performance.now();

  const enters = (isFirst: boolean) => circuit.tryEnter(isFirst) !== undefined;
  /** Makes an attempt, which must be let in. */
  const enter = () => {
    const attempt = circuit.tryEnter(false);
    if (attempt === undefined) throw new Error('not let in');
    return attempt;
  };
  /** Has it fail. */
  const fail = (retryAfterMillis?: number) => circuit.failed(enter(), retryAfterMillis);

  it('lets everybody in until an attempt fails', () => {
    expect([enters(true), enters(true)]).to.deep.equal([true, true]);
    fail();
    expect([circuit.isOpen, enters(true), enters(false)]).to.deep.equal([true, false, false]);
  });

  it('lets one in after each pause, of which the next is longer up to a bound', () => {
    fail();
    for (const expected of [100, 200, 300, 300]) {
      expect(pause()).to.equal(expected);
      clock.tick(expected - 1);
      expect(enters(false)).to.equal(false);
      clock.tick(1);
      const attempt = enter();
      expect(enters(false)).to.equal(false);
      circuit.failed(attempt);
    }
    clock.tick(300);
    circuit.succeeded(enter());
    fail();
    expect(pause()).to.equal(100);
  });

  it('counts attempts that fail side by side once, and they do not end the one that is made since', () => {
    const [last, ...others] = [enter(), enter(), enter(), enter()];
    for (const attempt of others) circuit.failed(attempt);
    expect(pause()).to.equal(100);
    clock.tick(100);
    const probe = enter();
    circuit.failed(last);
    clock.tick(10_000);
    expect(enters(false)).to.equal(false);
    circuit.failed(probe);
    expect(pause()).to.equal(200);
  });

  it('does not make a batch that was not tried yet wait longer than the first pause', () => {
    fail();
    clock.tick(100);
    fail();
    clock.tick(100);
    expect([enters(false), enters(true)]).to.deep.equal([false, true]);
  });

  it('keeps the pause that the backend asks for, whoever is in a hurry', () => {
    fail(5_000);
    circuit.hurry();
    expect([circuit.nextAttemptAt(true), circuit.nextAttemptAt(false)]).to.deep.equal([10_000, 10_000]);
    expect(enters(true)).to.equal(false);
    clock.tick(5_000);
    expect(enters(true)).to.equal(true);
  });

  it('keeps the pause that the backend asks for, although an attempt from before succeeds in it', () => {
    const [failing, succeeding] = [enter(), enter()];
    circuit.failed(failing, 5_000);
    circuit.succeeded(succeeding);
    expect([circuit.isOpen, enters(true)]).to.deep.equal([true, false]);
    clock.tick(5_000);
    circuit.succeeded(enter());
    expect([circuit.isOpen, enters(true), enters(true)]).to.deep.equal([false, true, true]);
  });

  it('lets one in after that pause, although the backend asked for it while one was let in', () => {
    const [first, second] = [enter(), enter()];
    circuit.failed(first);
    clock.tick(100);
    const probe = enter();
    circuit.failed(second, 5_000);
    circuit.succeeded(probe);
    expect(enters(true)).to.equal(false);
    clock.tick(5_000);
    expect(enters(true)).to.equal(true);
  });

  it('ends any other pause for those who are in a hurry', async () => {
    fail();
    const change = circuit.change(false);
    circuit.hurry();
    await change;
    expect(enters(false)).to.equal(true);
  });

  it('does not let those who are in a hurry have a backend that is down called without a pause', () => {
    fail();
    circuit.hurry();
    fail();
    circuit.hurry();
    expect([pause(), enters(false)]).to.deep.equal([100, false]);
    clock.tick(60);
    circuit.hurry();
    expect([pause(), enters(false)]).to.deep.equal([40, false]);
    clock.tick(40);
    fail();
    circuit.hurry();
    expect([pause(), enters(false)]).to.deep.equal([0, true]);
  });

  for (const [outcome, lets] of [
    ['succeeded', true],
    ['failed', false],
  ] as const)
    it(`wakes those who wait for what comes of an attempt when it has ${outcome}, and not before`, async () => {
      fail();
      clock.tick(100);
      const attempt = enter();
      let isAwake = false;
      const change = circuit.change(false).then(() => {
        isAwake = true;
      });
      await clock.tickAsync(60_000);
      expect(isAwake).to.equal(false);
      circuit[outcome](attempt);
      await change;
      expect(enters(false)).to.equal(lets);
    });
});
