import { expect } from 'chai';
import { all } from './support.js';

/** Each text ends where the SDK's limit has cut the value. */
const parts: Record<string, readonly string[]> = {
  'credit-card': [
    'the card is 4111 111',
    'the card is 4111 1111',
    'the card is 4111 1111 ',
    'the card is 4111-1111-1111-111',
    'the card is 41111111111',
    '4111 1111 1111 11',
  ],
  iban: ['the iban is DE89 3704', 'the iban is DE893704004405320130'],
  ssn: ['the number is 123-45-6', 'the number is 123-45-678'],
  phone: ['please call +49 170', 'please call +49170123'],
  email: ['please mail bob@', 'please mail bob@exa', 'please mail bob%40example', 'please mail bob@163'],
  'api-key': ['the key is sk-ant-api03-aB', 'the key is ghp_aB3dE6'],
  jwt: ['the token is eyJhbGciOiJI', 'the token is eyJhbGciOiJIUzI1NiJ9.eyJzdW'],
  'private-key': ['the key: -----BEGIN PRIVATE KEY-----\nMII', 'the key: -----BEGIN PRIV'],
};

describe('built-in patterns in a value that was cut', () => {
  for (const [name, texts] of Object.entries(parts))
    for (const text of texts) {
      it(`find part of ${name} at the end of ${JSON.stringify(text)}`, () => {
        const replaced = all.replace(text);
        expect(replaced).to.match(new RegExp(`<${name}>$`));
        expect(replaced).not.to.match(/\d\d|bob|MII/);
      });
    }

  it('keep the first six digits of a card, which may be shown', () => {
    expect(all.replace('the card is 4111 11')).to.equal('the card is 4111 11');
  });

  it('keep an id that is the whole value, and a value too short to have been cut', () => {
    for (const text of [
      '45213678',
      '4521367890123456',
      'user 45213678',
      'a b@c',
      '550e8400-e29b-41d4-a716-446655440000',
      'job c794710c-457b-4b50-ba32-7d6181ca9eb3',
      'ba143757d50eb17c',
    ])
      expect(all.replace(text)).to.equal(text);
  });

  it('find a card number cut anywhere after its first six digits', () => {
    const text = 'please charge 4111 1111 1111 1111';
    for (let length = text.indexOf('4') + 8; length <= text.length; length++)
      expect(all.replace(text.slice(0, length)), String(length)).to.match(/^please charge <credit-card>$/);
  });
});
