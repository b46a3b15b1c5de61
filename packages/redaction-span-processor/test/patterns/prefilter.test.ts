import { expect } from 'chai';
import fc from 'fast-check';
import { builtInPatterns } from '../../src/patterns/built-in-patterns.js';
import { secretPrefixes } from '../../src/patterns/secret-prefixes.js';
import { scannerOf } from './support.js';

/** Pieces of which all matches consist, and of the text between them. */
const piece = fc.oneof(
  fc.constantFrom(...secretPrefixes.map(({ prefix }) => prefix)),
  fc.constantFrom('eyJ', '-----BEGIN PRIVATE KEY-----', '-----END '),
  fc.constantFrom(
    '@',
    '%40',
    '%2B',
    '%20',
    '+',
    ':',
    '::',
    '.',
    '-',
    '_',
    ' ',
    '(',
    ')',
    '/',
    '\\n',
    '\u00a0',
    '\u202f',
    'é',
    '"',
  ),
  fc.constantFrom('example.com', 'bob', 'fe80', '2001:db8', 'DE89', 'gb82', 'WEST', '127', 'x', 'sk', 'Z'),
  fc.stringMatching(/^\d{1,8}$/),
  fc.stringMatching(/^[a-zA-Z0-9_-]{6,40}$/),
  fc.constantFrom(
    '4111 1111 1111 1111',
    '212-555-0123',
    '123-45-6789',
    '10.1.2.3',
    'DE89370400440532013000',
    'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
    // Matches with the fewest hints: digits far from each other, the beginning of an IBAN at a cut.
    '+1. 2. 3. 4. 5. 6. 7. 8',
    'to the account GB82WESTABCD',
  ),
);
const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));

describe('the prefilter of patterns', () => {
  for (const names of [builtInPatterns, ...builtInPatterns.map((name) => [name])])
    it(`lets every text with a match through: ${names.join(', ')}`, () => {
      const scanner = scannerOf(...names);
      let found = 0;
      fc.assert(
        fc.property(text, (candidate) => {
          const replaced = scanner.replaceUnfiltered(candidate);
          if (replaced !== candidate) found++;
          expect(scanner.replace(candidate)).to.equal(replaced);
        }),
        { numRuns: 5_000 },
      );
      // Otherwise the texts would prove nothing.
      expect(found).to.be.greaterThan(20);
    }).timeout(10_000);
});
