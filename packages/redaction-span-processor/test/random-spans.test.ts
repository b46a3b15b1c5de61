import { expect } from 'chai';
import fc from 'fast-check';
import type { RedactionOptions } from '../src/options.js';
import { resolvePolicy } from '../src/policy/resolve-policy.js';
import { redact } from '../src/redact/redact.js';
import { CANARY, randomSpan, seeded } from './support/random-spans.js';

/** `npm run test:redaction` does 100,000; a seed that failed is in the message. */
const SPANS = Number(process.env.REDACTION_SPANS ?? 5_000);
const SEED = Number(process.env.REDACTION_SEED ?? 1);

const policies: Record<string, RedactionOptions> = {
  'content removed': {},
  'content masked': { content: 'mask', summary: 'keys' },
  'content hashed': { content: 'hash', hmacKey: 'key' },
  'a rule for content': { rules: [{ match: { group: 'content' }, action: 'mask', marker: '***' }] },
};

const rule = fc.record({
  match: fc.constantFrom(
    ...(['content', 'identifiers', 'metadata'] as const).map((group) => ({ group })),
    ...[/./, /^llm\./, /a/, /message/, 'llm.prompt', 'status.message'],
  ),
  action: fc.constantFrom('remove', 'mask', 'hash'),
});
/** Policies that keep no content. */
const strictPolicies = fc.record(
  {
    content: fc.constantFrom('remove', 'mask', 'hash'),
    preset: fc.constantFrom('default', 'strict'),
    mode: fc.constantFrom('block', 'allow'),
    allowKeys: fc.constantFrom([], [/^app\.plan/, 'llm.model']),
    blockKeys: fc.constantFrom([], [/model/, 'app.b'], [/^llm\.(?:prompt|redaction)/]),
    rules: fc.uniqueArray(rule, { maxLength: 4, selector: ({ match }) => JSON.stringify(match) + match }),
    summary: fc.constantFrom('none', 'counts', 'keys'),
    hmacKey: fc.constant('key'),
  },
  { requiredKeys: ['hmacKey'] },
);

describe(`${SPANS} random spans`, function () {
  this.timeout(300_000);

  it('contain canaries', () => {
    let with_ = 0;
    for (let seed = SEED; seed < SEED + 200; seed++)
      if (JSON.stringify(randomSpan(seeded(seed)).span).includes(CANARY)) with_ += 1;
    expect(with_).to.be.above(180);
  });

  for (const [name, options] of Object.entries(policies)) {
    it(`lose every canary and nothing else, and nothing more when redacted again: ${name}`, () => {
      const policy = resolvePolicy('test', options);
      const count = SPANS / Object.keys(policies).length;
      for (let seed = SEED; seed < SEED + count; seed++) {
        const { span, kept } = randomSpan(seeded(seed));
        const redacted = { ...span, ...redact(span, policy) };
        const text = JSON.stringify(redacted);
        if (text.includes(CANARY)) expect.fail(`seed ${seed}: ${text}`);
        for (const [key, value] of Object.entries(kept))
          if (redacted.attributes[key] !== value) expect.fail(`seed ${seed}: ${key} is gone`);
        const again = redact(redacted, policy);
        if (again !== undefined) expect.fail(`seed ${seed}: ${text} becomes ${JSON.stringify(again)}`);
      }
    });
  }

  it('lose every canary, and nothing more when redacted again, under any policy that keeps no content', () => {
    fc.assert(
      fc.property(strictPolicies, fc.nat(), (options, seed) => {
        const policy = resolvePolicy('test', options);
        const { span } = randomSpan(seeded(seed));
        const redacted = { ...span, ...redact(span, policy) };
        expect(JSON.stringify(redacted)).not.to.include(CANARY);
        expect(redact(redacted, policy)).to.equal(undefined);
      }),
      { numRuns: SPANS / 10 },
    );
  });
});
