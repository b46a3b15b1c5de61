import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readPricesFile } from '../src/prices-file.js';

describe('a file of prices', () => {
  const directory = mkdtempSync(join(tmpdir(), 'llm-otel-prices-'));
  after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'prices.json');
  const file = (content: unknown): string => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const acme = { model: 'acme', inputPerMTok: 1, outputPerMTok: 2 };

  it('holds overrides as plain data', () => {
    const overrides = [
      {
        provider: 'azure',
        model: 'our-deployment',
        inputPerMTok: 2,
        outputPerMTok: 8,
        cacheReadPerMTok: 1,
        cacheWritePerMTok: 0,
        serviceTier: 'batch',
        from: '2026-01-01',
        until: '2027-01-01T00:00:00+01:00',
      },
      { model: { regex: '^gpt-4o(-|$)' }, inputPerMTok: 2, outputPerMTok: 8 },
      { model: { regex: '^acme', flags: 'i' }, inputPerMTok: 0, outputPerMTok: 0 },
    ];
    expect(readPricesFile(file(`\uFEFF${JSON.stringify({ version: 1, overrides })}`))).to.deep.equal([
      { ...overrides[0], from: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-12-31T23:00:00Z') },
      { ...overrides[1], model: /^gpt-4o(-|$)/ },
      { ...overrides[2], model: /^acme/i },
    ]);
    expect(readPricesFile(file({ version: 1, overrides: [] }))).to.deep.equal([]);
  });

  const wrong: [file: unknown, message: string][] = [
    ['{"version": 1,', ': not JSON'],
    [[acme], ': expected an object, got an array of 1.'],
    [{ overrides: [acme] }, ': "version" must be 1, got undefined.'],
    [{ version: 2, overrides: [acme] }, ': "version" must be 1, got 2 (number).'],
    [{ version: 1 }, ': "overrides" must be an array, got undefined.'],
    [{ version: 1, overrides: {} }, ': "overrides" must be an array, got an object'],
    [{ version: 1, prices: [] }, ': unknown key "prices". The keys are version, overrides.'],
  ];
  const wrongOverrides: [override: unknown, message: string][] = [
    ['acme', 'overrides[1] must be an object, got "acme".'],
    [null, 'overrides[1] must be an object, got null.'],
    [{ ...acme, input: 1 }, 'overrides[1] (model "acme"): unknown key'],
    [
      { ...acme, inputPerMTok: '1' },
      'overrides[1] (model "acme"): "inputPerMTok" must be a number of 0 or more, got "1".',
    ],
    [
      { model: 'acme', inputPerMTok: 1 },
      'overrides[1] (model "acme"): "outputPerMTok" must be a number of 0 or more, got undefined.',
    ],
    [{ ...acme, model: '' }, 'overrides[1] (model ""): "model" must be a non-empty string'],
    [
      { ...acme, model: 4 },
      'overrides[1]: "model" must be a string, or { "regex": "^acme-" }, got 4 (number).',
    ],
    [{ ...acme, model: ['a'] }, 'overrides[1]: "model" must be a string, or { "regex": "^acme-" }'],
    [{ ...acme, model: { regexp: 'a' } }, 'overrides[1]: "model" must be a string, or { "regex": "^acme-" }'],
    [
      { ...acme, model: { regex: 'a', x: 1 } },
      'overrides[1]: "model" must be a string, or { "regex": "^acme-" }',
    ],
    [{ ...acme, model: { regex: 'a', flags: 1 } }, 'overrides[1]: "model" must be a string, or'],
    [{ ...acme, model: { regex: '(' } }, 'overrides[1]: "model" must be a valid regular expression: '],
    [
      { ...acme, model: { regex: 'a', flags: 'g' } },
      'overrides[1] (model /a/g): "model" must be a RegExp without',
    ],
    [
      { ...acme, from: 'soon' },
      'overrides[1] (model "acme"): "from" must be a date such as "2026-01-01" or "2026-01-01T00:00:00Z", got "soon" (string).',
    ],
    [{ ...acme, until: 1767225600000 }, 'overrides[1] (model "acme"): "until" must be a date such as'],
    [{ ...acme, until: null }, 'overrides[1] (model "acme"): "until" must be a date such as'],
    [{ ...acme, from: '2026-02-30' }, 'overrides[1] (model "acme"): "from" must be a date such as'],
    // It would be another moment on each machine.
    [{ ...acme, from: '2026-01-01T00:00:00' }, 'overrides[1] (model "acme"): "from" must be a date such as'],
    [
      { ...acme, from: '2026-02-01', until: '2026-01-01' },
      'overrides[1] (model "acme"): "from" must be before "until"',
    ],
  ];
  for (const [content, message] of [
    ...wrong,
    ...wrongOverrides.map(
      ([override, text]) => [{ version: 1, overrides: [acme, override] }, `: ${text}`] as const,
    ),
  ])
    it(`is refused: ${message}`, () => {
      expect(() => readPricesFile(file(content))).to.throw(TypeError, `prices ${path}${message}`);
    });

  it('is named if it is missing or a directory', () => {
    expect(() => readPricesFile(join(directory, 'none.json'))).to.throw(/prices .*none\.json: .*ENOENT/);
    expect(() => readPricesFile(directory)).to.throw(`prices ${directory}: EISDIR`);
  });
});
