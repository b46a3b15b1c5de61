import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bundleModule } from '@llm-otel/testing';
import { expect } from 'chai';
import { builtInPatterns } from '../../src/patterns/built-in-patterns.js';

const MAX_MILLIS = 50;
/** For four times the length: in quadratic time it would be 16. */
const MAX_RATIO = 10;
const script = join(__dirname, '..', 'fixtures', 'pattern-costs.mjs');

interface Costs {
  /** By pattern and text. */
  readonly millis: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ratios: Readonly<Record<string, number>>;
}

describe('the cost of built-in patterns', function () {
  this.timeout(600_000);

  let costs: Costs;
  before(async () => {
    const scanner = await bundleModule(join(__dirname, '../../src/patterns/pattern-scanner.ts'));
    const limits = [MAX_MILLIS, MAX_RATIO].map(String);
    const args = [script, scanner.file, ...limits, ...builtInPatterns];
    costs = JSON.parse(execFileSync(process.execPath, args).toString());
    await scanner.remove();
  });

  for (const name of builtInPatterns)
    it(`is at most ${MAX_MILLIS} ms for 1 MiB of any text: ${name}`, () => {
      const ofTexts = Object.entries(costs.millis[name] ?? {});
      expect(ofTexts).to.have.length.above(40);
      for (const [text, millis] of ofTexts) expect(millis, JSON.stringify(text)).to.be.at.most(MAX_MILLIS);
    });

  it('is linear in the length of any text', () => {
    for (const [text, ratio] of Object.entries(costs.ratios))
      expect(ratio, JSON.stringify(text)).to.be.at.most(MAX_RATIO);
  });
});
