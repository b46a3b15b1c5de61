import { expect } from 'chai';
import { slowPartOf } from '../../src/policy/check-regex.js';

/** Each takes at least quadratic time on some text, such as many `secret:` or `<!--`. */
const slow: readonly RegExp[] = [
  /(a+)+$/,
  /(?:a|a)*b/,
  /\w+@x/,
  /secret:.*;/,
  /<!--.*?-->/,
  /"(?:\\.|[^\\"])*"/,
  /user(?:name)?=\S+ x/,
  /x(?=.*y)/,
  /(?=.*\d)a/,
  /(?<=a+)b/,
  /(?<!:\s*)x/,
  /.{0,10000}secret/s,
  /secret:.{1,10000};/,
  // Bounded, but with too many ways to match: the last two take hours.
  /a.{0,500}b.{0,500}c/,
  new RegExp(`${'a?'.repeat(50)}b`),
  new RegExp(`${'(?:a|aa)'.repeat(50)}b`),
];
const linear: readonly RegExp[] = [
  /EMP-\d{6}/,
  /ssn=\d+/,
  /secret:.*/s,
  /secret:.*?;?/,
  /\bINV-\d+-[A-Z]\b/,
  /<ssn>[^<]*<\/ssn>/,
  /Bearer [\w.-]+ /,
  /key=\w+;/,
  /^secret:.*;/,
  /(?<![\d.])\d{10}(?![\d.])/,
  /(?:[A-Z]{3}-){2}\d+/,
  /[A-Z][a-z]+ [A-Z][a-z]+/,
  /\p{Lu}{2}\d{6}/u,
  /secret:.{1,200};/,
  /<ssn>[^<]{0,10000}<\/ssn>/,
  /secret:.{1,10000}/,
  /[\w.]{1,64}@[\w.]{1,64}\.[a-z]{2,10}/,
  /\+?\d{1,3}[-. ]?\(?\d{1,4}\)?[-. ]?\d{1,4}[-. ]?\d{1,9}/,
  /EMP-.{0,50}-.{0,50}-END/,
  /(?:EMP-.{0,50};|USR-.{0,50};|ACC-.{0,50};|INV-.{0,50};)/,
];

describe('a regular expression that may match anywhere in a text', () => {
  for (const regex of slow)
    it(`is rejected as slow: ${regex}`, () => {
      expect(slowPartOf(regex, true)).to.be.a('string');
    });

  for (const regex of linear)
    it(`is accepted: ${regex}`, () => {
      expect(slowPartOf(regex, true)).to.equal(undefined);
    });

  it('may be quadratic for keys, which are short', () => {
    expect(slowPartOf(/secret:.*;/, false)).to.equal(undefined);
    expect(slowPartOf(new RegExp(`${'a?'.repeat(50)}b`), false)).to.be.a('string');
  });
});
