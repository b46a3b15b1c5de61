import { expect } from 'chai';
import { scannerOf } from './support.js';

const card = '4111 1111 1111 1111';
const cards = scannerOf('credit-card');
const scan = (text: string) => cards.replace(text);

describe('card numbers in a long run of groups of digits', () => {
  it('are found wherever they begin', () => {
    for (let before = 0; before < 140; before++) {
      const run = '4004 '.repeat(before);
      // Each of these groups could begin a card number, but none does.
      for (const after of ['', `${' 4004'.repeat(80)} x`])
        expect(scan(`${run}${card}${after}`), `${before} groups`).to.equal(`${run}<credit-card>${after}`);
    }
  });

  it('are found one after another', () => {
    expect(scan(`${card} `.repeat(50))).to.equal('<credit-card> '.repeat(50));
  });

  it('are not confused with those of the previous text', () => {
    const other = '4111 1111 1111 1112 x';
    for (let time = 0; time < 3; time++) {
      expect(scan(card)).to.equal('<credit-card>');
      expect(scan(other)).to.equal(other);
    }
  });
});
