import { expect } from 'chai';
import { slowPartOf } from '../src/check-regex.js';

/** Each takes quadratic time, or longer, on some text: `secret:` over and over, `<!--` and so on. */
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
];

describe('a regular expression that is looked for anywhere', () => {
  for (const regex of slow)
    it(`is told to be slow: ${regex}`, () => {
      expect(slowPartOf(regex, true)).to.be.a('string');
    });

  for (const regex of linear)
    it(`may run: ${regex}`, () => {
      expect(slowPartOf(regex, true)).to.equal(undefined);
    });

  it('may run on in keys, which are short', () => {
    expect(slowPartOf(/secret:.*;/, false)).to.equal(undefined);
  });
});
