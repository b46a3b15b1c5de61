import { expect } from 'chai';
import { BoundedMemo } from '../src/bounded-memo.js';

describe('BoundedMemo', () => {
  it('remembers a value for a pair of names', () => {
    const memo = new BoundedMemo<number>(10);
    memo.add('openai', 'gpt-4o', 1);
    memo.add('azure', 'gpt-4o', 2);
    expect([memo.get('openai', 'gpt-4o'), memo.get('azure', 'gpt-4o')]).to.deep.equal([1, 2]);
    expect([memo.get('openai', 'o1'), memo.get('aws', 'gpt-4o')]).to.deep.equal([undefined, undefined]);
  });

  it('never holds more than its bound, for any mixture of names', () => {
    const memo = new BoundedMemo<number>(100);
    for (let index = 0; index < 10_000; index++) {
      memo.add(`provider ${index % 7}`, `model ${index}`, index);
      expect(memo.size).to.be.at.most(100);
      expect(memo.get(`provider ${index % 7}`, `model ${index}`)).to.equal(index);
    }
    let held = 0;
    for (let index = 0; index < 10_000; index++)
      if (memo.get(`provider ${index % 7}`, `model ${index}`) !== undefined) held += 1;
    expect(held).to.equal(memo.size);
  });
});
