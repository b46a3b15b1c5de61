import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LlmRedactionSpanProcessor, policyFromFile } from '@llm-otel/redaction-span-processor';
import Ajv from 'ajv';
import { expect } from 'chai';
import fc from 'fast-check';
import schema from '../policy.schema.json';
import { builtInPatterns } from '../src/patterns/built-in-patterns.js';
import { attributesOf, call } from './support/parts.js';

const everything = join(__dirname, 'fixtures', 'policies', 'everything.json');
const fitsSchema = new Ajv({ strictTypes: false }).compile(schema);

/** An invalid policy, and the error message. */
const wrong: readonly [policy: unknown, message: string][] = [
  [[], 'expected an object, got an array of 0.'],
  [{}, '"version" must be 1, got undefined.'],
  [{ version: 2 }, '"version" must be 1, got 2 (number).'],
  [{ version: 1, hmacKey: 'k' }, '"hmacKey" does not belong in a file: pass it as the second argument.'],
  [{ version: 1, contents: 'mask' }, 'unknown option "contents".'],
  [{ version: 1, content: 'delete' }, `option "content" must be one of 'remove', 'mask', 'hash', 'keep'`],
  [{ version: 1, rules: {} }, 'option "rules" must be an array of rules, got an object of class Object.'],
  [{ version: 1, rules: [7] }, 'rule 0: expected an options object, got 7 (number).'],
  [{ version: 1, rules: [{ match: 'a' }] }, 'rule 0: "action" is missing.'],
  [{ version: 1, rules: [{ action: 'mask' }] }, 'rule 0: "match" is missing.'],
  [
    { version: 1, rules: [{ name: 'notes', match: 'a', action: 'erase' }] },
    `rule "notes": option "action" must be one of 'remove', 'mask', 'hash', 'keep', 'truncate' or a function, got "erase" (string).`,
  ],
  [
    { version: 1, rules: [{ match: { group: 'all' }, action: 'mask' }] },
    'rule 0: option "match" must be a key, a regular expression, { regex }, { group } or { pattern }',
  ],
  [
    { version: 1, rules: [{ match: 'a', action: 'truncate' }] },
    `rule 0: the action 'truncate' needs "maxLength".`,
  ],
  [
    { version: 1, rules: [{ match: 'a', action: 'remove', marker: 'x' }] },
    `rule 0: "marker" is only valid with the action 'mask'.`,
  ],
  [
    { version: 1, rules: [{ match: 'a', action: 'mask', maxLength: 3 }] },
    `rule 0: "maxLength" is only valid with the action 'truncate'.`,
  ],
  [{ version: 1, patterns: ['e-mail'] }, 'option "patterns" must be an array of'],
  [{ version: 1, allowKeys: [{ regex: '' }] }, 'option "allowKeys" must be an array of'],
  [
    { version: 1, blockKeys: ['/secret/'] },
    'option "blockKeys" must be an array of literal keys and regular expressions',
  ],
  [
    { version: 1, rules: [{ match: { pattern: 'email' }, action: 'truncate', maxLength: 3 }] },
    'rule 0: with a pattern, the action must be',
  ],
];

/** Invalid policies that a schema can't recognise. */
const wrongBeyondSchema: readonly [policy: object, message: string][] = [
  [{ rules: [{ match: 'a', action: 'hash' }] }, `rule 0: the action 'hash' needs the option "hmacKey".`],
  [{ rules: [{ match: { regex: '(' }, action: 'mask' }] }, 'rule 0: not a valid regular expression: '],
  [
    { rules: [{ name: 'slow', match: { regex: '^(a+)+$' }, action: 'mask' }] },
    'rule "slow": /^(a+)+$/ may be very slow: ',
  ],
  [
    {
      rules: [
        { name: 'one', match: 'a', action: 'mask' },
        { name: 'two', match: 'a', action: 'keep' },
      ],
    },
    'rule "two" and rule "one" both match a: remove one of them.',
  ],
  [
    { allowKeys: ['a'], rules: [{ match: 'a', action: 'mask' }] },
    'rule 0 and option "allowKeys" both match a: remove one of them.',
  ],
  [
    { patterns: ['ssn'], rules: [{ match: { pattern: 'email' }, action: 'hash' }] },
    'rule 0: the action \'hash\' needs the option "hmacKey".',
  ],
  [
    { patterns: ['ssn'], rules: [{ match: { pattern: 'email' }, action: 'remove' }] },
    'rule 0 matches the pattern "email", which the option "patterns" does not list.',
  ],
  [
    { patterns: [{ name: 'x', regex: '\\w+@x' }] },
    'pattern "x": /\\w+@x/g may be very slow: \\w+ can run on from each position',
  ],
  [
    { patterns: [{ name: 'x', regex: '^(?:a|a)*$' }] },
    'pattern "x": /^(?:a|a)*$/g may be very slow: (?:a|a), inside a repetition',
  ],
  [{ patterns: [{ name: 'x', regex: 'REDACT' }] }, 'pattern "x" matches an empty text or a marker'],
  [{ patterns: [{ name: 'x', regex: 'a*' }] }, 'pattern "x" matches an empty text or a marker'],
  [
    { marker: 'mail x@example.com' },
    'a pattern matches the marker "mail x@example.com": choose another marker.',
  ],
];

const odd = fc.constantFrom<unknown>(
  null,
  0,
  1.5,
  -1,
  true,
  [],
  {},
  [null],
  'x',
  { regex: 'a', x: 1 },
  { group: 'x' },
);
/** Mostly a valid value, sometimes any other. */
const mostly = (meant: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 30, arbitrary: meant }, { weight: 1, arbitrary: odd });
/** Keys that differ between the lists, so that no two lists are in conflict. */
const keyOf = (mark: string) =>
  mostly(
    fc.constantFrom<unknown>(
      ...[mark, `${mark}.a`, `${mark}*`, `/${mark}/`, `/${mark}/gi`, ''],
      ...[{ regex: `^${mark}` }, { regex: mark, flags: 'i' }, { regex: '' }],
    ),
  );
const list = (item: fc.Arbitrary<unknown>) =>
  mostly(fc.uniqueArray(item, { maxLength: 2, selector: JSON.stringify }));
const rule = fc.record(
  {
    match: mostly(
      fc.oneof(
        keyOf('r'),
        fc.constantFrom({ group: 'content' }, { group: 'metadata' }, { pattern: 'email' }),
      ),
    ),
    action: mostly(fc.constantFrom('remove', 'mask', 'hash', 'keep', 'truncate')),
    name: mostly(fc.constant('n')),
    marker: mostly(fc.constant('m')),
    maxLength: mostly(fc.constant(5)),
  },
  { requiredKeys: ['match', 'action'] },
);
const policies = fc.record(
  {
    version: fc.constant(1),
    preset: mostly(fc.constantFrom('default', 'strict')),
    content: mostly(fc.constantFrom('mask', 'hash')),
    mode: mostly(fc.constantFrom('allow', 'block')),
    marker: mostly(fc.constant('<gone>')),
    allowKeys: list(keyOf('p')),
    blockKeys: list(keyOf('q')),
    rules: mostly(fc.uniqueArray(mostly(rule), { maxLength: 2, selector: matchOf })),
    patterns: fc.constantFrom(
      ['built-in'],
      ['email'],
      ['built-in', { name: 'n', regex: 'EMP', flags: 'i' }],
      ['email', 'x'],
    ),
    summary: mostly(fc.constantFrom('none', 'counts', 'keys')),
  },
  { requiredKeys: ['version'] },
);

function matchOf(given: unknown): string {
  return JSON.stringify((given as { match?: unknown } | null)?.match);
}

describe('policyFromFile', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'policy-'));
  });
  after(() => rmSync(directory, { recursive: true }));
  const file = (content: unknown) => {
    const path = join(directory, 'policy.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('returns the options of a processor', () => {
    const options = policyFromFile(everything, { hmacKey: 'key' });
    expect(() => new LlmRedactionSpanProcessor(options)).not.to.throw();
    expect(
      attributesOf(
        {
          ...call,
          'llm.prompt': 'secret',
          'llm.response': 'kept, but bob@example.com',
          'app.note': 'words of a user',
          'app.secret': 'secret',
          'user.id': 'u1',
          'metadata.team': 'search',
          'tenant.id': 't1',
          note: 'EMP-123456',
        },
        options,
      ),
    ).to.deep.include({
      'llm.prompt': '<gone>',
      'llm.response': 'kept, but <gone>',
      'app.note': 'words of',
      'app.secret': '<gone>',
      'metadata.team': 'search',
      note: '<employee>',
    });
  });

  it('reads a file with a byte order mark', () => {
    expect(policyFromFile(file('\uFEFF{"version":1,"content":"mask"}'))).to.deep.equal({ content: 'mask' });
  });

  it('quotes nothing of a file that is not JSON: it may be the wrong one', () => {
    for (const text of ['hunter2', '{"version": 1, "marker": hunter2}', '{"version":1}\nhunter2', '"hunter2'])
      expect(() => policyFromFile(file(text)))
        .to.throw(TypeError, /: not JSON: .*\.$/)
        .with.property('message')
        .which.does.not.include('hunter2');
  });

  it('names a file that is missing or is not JSON', () => {
    expect(() => policyFromFile(join(directory, 'none.json'))).to.throw('none.json');
    expect(() => policyFromFile(file('{'))).to.throw(
      TypeError,
      `policy ${directory}/policy.json: not JSON: `,
    );
    // Node.js quotes all of it, and gives no reason.
    expect(() => policyFromFile(file('undefined'))).to.throw(/policy\.json: not JSON\.$/);
  });

  for (const [policy, message] of wrong) {
    it(`refuses, as its schema does: ${message}`, () => {
      expect(() => policyFromFile(file(policy))).to.throw(
        TypeError,
        `policy ${directory}/policy.json: ${message}`,
      );
      expect(fitsSchema(policy)).to.equal(false);
    });
  }

  for (const [policy, message] of wrongBeyondSchema) {
    it(`refuses: ${message}`, () => {
      const whole = { version: 1, ...policy };
      expect(() => policyFromFile(file(whole))).to.throw(TypeError, message);
      expect(fitsSchema(whole), JSON.stringify(fitsSchema.errors)).to.equal(true);
    });
  }

  it('has a schema that lists every built-in pattern', () => {
    const [listed] = schema.properties.patterns.items.anyOf;
    expect(listed?.enum).to.deep.equal(['built-in', ...builtInPatterns]);
  });

  it('accepts exactly what its schema accepts', () => {
    const policy: unknown = JSON.parse(readFileSync(everything, 'utf8'));
    expect(fitsSchema(policy), JSON.stringify(fitsSchema.errors)).to.equal(true);
    let taken = 0;
    fc.assert(
      fc.property(policies, (candidate) => {
        const { version: _version, ...options } = candidate;
        const construct = () => new LlmRedactionSpanProcessor({ ...options, hmacKey: 'key' } as object);
        if (fitsSchema(candidate)) {
          taken++;
          expect(construct).not.to.throw();
        } else expect(construct).to.throw(TypeError);
      }),
      { numRuns: 2_000 },
    );
    expect(taken).to.be.within(200, 1_800);
  }).timeout(20_000);
});
