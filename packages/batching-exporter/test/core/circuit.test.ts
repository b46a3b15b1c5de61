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

  it('lets everybody in until an attempt fails', () => {
    expect([circuit.tryEnter(true), circuit.tryEnter(true)]).to.deep.equal([true, true]);
    circuit.failed();
    expect([circuit.isOpen, circuit.tryEnter(true), circuit.tryEnter(false)]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('lets one in after each pause, of which the next is longer up to a bound', () => {
    circuit.failed();
    for (const expected of [100, 200, 300, 300]) {
      expect(pause()).to.equal(expected);
      clock.tick(expected - 1);
      expect(circuit.tryEnter(false)).to.equal(false);
      clock.tick(1);
      expect(circuit.tryEnter(false)).to.equal(true);
      expect(circuit.tryEnter(false)).to.equal(false);
      circuit.failed();
    }
    circuit.succeeded();
    circuit.failed();
    expect(pause()).to.equal(100);
  });

  it('counts attempts that fail side by side once', () => {
    for (let i = 0; i < 4; i++) circuit.failed();
    expect(pause()).to.equal(100);
    clock.tick(100);
    circuit.tryEnter(false);
    circuit.failed();
    expect(pause()).to.equal(200);
  });

  it('does not make a batch that was not tried yet wait longer than the first pause', () => {
    circuit.failed();
    clock.tick(100);
    circuit.tryEnter(false);
    circuit.failed();
    clock.tick(100);
    expect([circuit.tryEnter(false), circuit.tryEnter(true)]).to.deep.equal([false, true]);
  });

  it('keeps the pause that the backend asks for, whoever is in a hurry', () => {
    circuit.failed(5_000);
    circuit.hurry();
    expect([circuit.nextAttemptAt(true), circuit.nextAttemptAt(false)]).to.deep.equal([10_000, 10_000]);
    expect(circuit.tryEnter(true)).to.equal(false);
    clock.tick(5_000);
    expect(circuit.tryEnter(true)).to.equal(true);
  });

  it('ends any other pause for those who are in a hurry', async () => {
    circuit.failed();
    const change = circuit.change(false);
    circuit.hurry();
    await change;
    expect(circuit.tryEnter(false)).to.equal(true);
  });

  it('wakes those who wait for what comes of an attempt', async () => {
    circuit.failed();
    clock.tick(100);
    circuit.tryEnter(false);
    const change = circuit.change(false);
    circuit.succeeded();
    await change;
    expect(circuit.tryEnter(false)).to.equal(true);
  });
});
