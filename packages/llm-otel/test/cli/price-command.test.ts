import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { priceCommand } from '../../src/cli/price-command.js';

const main = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const run = (...args: string[]) => {
  const written = { out: '', problems: '' };
  const code = priceCommand(
    args,
    { write: (text) => (written.out += text) },
    { write: (text) => (written.problems += text) },
  );
  return { code, ...written };
};

describe('llm-otel price', () => {
  it('prints each part, the total, the entry, its source and its date', () => {
    const { code, out } = run('gpt-4o', '--input', '1500', '--output', '350', '--cached', '1000');
    expect(code).to.equal(0);
    expect(out).to.match(/^input +500 × +2\.5 USD\/M +0\.001250 USD$/m);
    expect(out).to.match(/^cache read +1000 × +1\.25 USD\/M +0\.001250 USD$/m);
    expect(out).to.match(/^output +350 × +10 USD\/M +0\.003500 USD$/m);
    expect(out).to.match(/^total +0\.006000 USD$/m);
    expect(out).to.match(/^entry +gpt-4o \(openai\)/m);
    expect(out).to.match(/^source +@pydantic\/genai-prices [\d.]+, \d{4}-\d{2}-\d{2}$/m);
    expect(out).not.to.include('cache write');
  });

  it('prices by the date of the call', () => {
    const { out } = run('o3', '--input', '1500', '--output', '350', '--at', '2025-05-01');
    expect(out).to.match(/^total +0\.029000 USD$/m);
  });

  describe('with a file of prices', () => {
    const directory = mkdtempSync(join(tmpdir(), 'llm-otel-prices-'));
    after(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'prices.json');
    const tokens = ['--input', '1000', '--output', '500'];

    it('prices by it, and says so', () => {
      const override = {
        provider: 'azure',
        model: 'ours',
        inputPerMTok: 2,
        outputPerMTok: 8,
        until: '2027-01-01',
      };
      writeFileSync(file, JSON.stringify({ version: 1, overrides: [override] }));
      const { code, out } = run(
        'ours',
        '--provider',
        'azure',
        '--at',
        '2026-11-30',
        ...tokens,
        '--prices',
        file,
      );
      expect(code).to.equal(0);
      expect(out).to.match(/^total +0\.006000 USD$/m);
      expect(out).to.match(/^entry +ours \(azure\), until 2027-01-01$/m);
      expect(out).to.match(/^source +your override$/m);
      expect(run('gpt-4o', ...tokens, '--prices', file).out).to.match(/^total +0\.007500 USD$/m);
    });

    it('exits with 2 if it is missing or invalid, and says why', () => {
      writeFileSync(file, JSON.stringify({ version: 1, overrides: [{ model: 'ours', inputPerMTok: 2 }] }));
      for (const [path, reason] of [
        [join(directory, 'none.json'), 'ENOENT'],
        [file, 'overrides[0] (model "ours"): "outputPerMTok" must be a number of 0 or more, got undefined.'],
      ] as const) {
        const { code, out, problems } = run('ours', ...tokens, '--prices', path);
        expect([code, out]).to.deep.equal([2, '']);
        expect(problems).to.include(`llm-otel price: prices ${path}: `).and.include(reason);
        expect(problems.trim().split('\n')).to.have.length(1);
      }
    });
  });

  it('exits with 1 for an unknown model, and lists the nearest names', () => {
    const { code, out, problems } = run('gpt-4o-minni', '--input', '1', '--output', '1');
    expect(code).to.equal(1);
    expect(out).to.equal('');
    expect(problems).to.match(/^No price is known for gpt-4o-minni\.$/m);
    expect(problems).to.match(/^ {2}gpt-4o-mini {2}\(openai\)$/m);
  });

  it('lists names that have a price with the listed provider, and only those of the given provider if it has any', () => {
    const namesFor = (...args: string[]) => {
      const { code, problems } = run(...args, '--input', '1', '--output', '1');
      expect(code).to.equal(1);
      const lines = [...problems.matchAll(/^ {2}(\S+) {2}\((\S+)\)$/gm)];
      expect(lines).to.have.length(5);
      for (const [, name, provider] of lines)
        expect(run(`${name}`, '--provider', `${provider}`, '--input', '1', '--output', '1').code).to.equal(0);
      return lines.map(([, name, provider]) => `${name} of ${provider}`);
    };
    // The package lists `codestral`, `magistral-small` and others without their prices.
    expect(namesFor('codestrel')).to.include('codestral-2508 of mistral');
    const ofBedrock = namesFor('claude-3-5-sonnet', '--provider', 'aws.bedrock');
    expect(ofBedrock.every((name) => name.endsWith(' of aws'))).to.equal(true);
    expect(ofBedrock[0]).to.include('anthropic.claude-3-5-sonnet');
    expect(namesFor('gpt-4o', '--provider', 'acme')[0]).to.equal('gpt-4o of openai');
  });

  it('shows enough digits of a small price', () => {
    expect(run('claude-3-haiku', '--input', '1500', '--output', '350').out).to.match(
      /^total +0\.0008125 USD$/m,
    );
    expect(run('text-embedding-3-small', '--input', '1', '--output', '0').out).to.match(
      /^total +0\.00000002 USD$/m,
    );
  });

  it('lists only names that have a price', () => {
    expect(run('whisper-2', '--input', '1', '--output', '1').problems).not.to.include('whisper-1');
  });

  for (const [args, message] of [
    [['--input', '1', '--output', '1'], 'expected one model, got 0.'],
    [['gpt-4o', '--output', '1'], '--input is missing.'],
    [['gpt-4o', '--input', 'many', '--output', '1'], '--input must be a number of tokens, got "many".'],
    [
      ['gpt-4o', '--input', '1', '--output', '1', '--cached', '2'],
      '--cached and --cache-write are parts of --input',
    ],
    [
      ['gpt-4o', '--input', '1', '--output', '1', '--at', 'soon'],
      '--at must be a date such as 2025-05-01, got "soon".',
    ],
    [
      ['gpt-4o', '--input', '1', '--output', '1', '--at', '5'],
      '--at must be a date such as 2025-05-01, got "5".',
    ],
    [
      ['gpt-4o', '--input', '1', '--output', '1', '--at', '2025-02-30'],
      '--at must be a date such as 2025-05-01, got "2025-02-30".',
    ],
    [['gpt-4o', '--tokens', '1'], "Unknown option '--tokens'"],
  ] as const) {
    it(`exits with 2 and says: ${message}`, () => {
      const { code, problems } = run(...args);
      expect(problems).to.include(message);
      expect(code).to.equal(2);
    });
  }

  it('ends quietly when its output is no longer read, as in a pipe to head', async () => {
    for (const name of ['stdout', 'stderr'] as const) {
      const child = spawn(process.execPath, [main, 'price', ...(name === 'stdout' ? ['-h'] : [])]);
      child[name].destroy();
      let printed = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
      const [code] = await once(child, 'close');
      expect([code, printed]).to.deep.equal([name === 'stdout' ? 0 : 2, '']);
    }
  });

  it('is a command of the package', () => {
    const command = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
    expect(command('price', 'gpt-4o', '--input', '1500', '--output', '350')).to.include({ status: 0 });
    expect(command('--help').stdout).to.include('llm-otel price <model>');
    expect(command('-h').stdout).to.equal(command('--help').stdout);
    expect(command('price', '-h')).to.include({ status: 0 });
    expect(command('audit', '-h')).to.include({ status: 0 });
    expect(command('--version').stdout).to.match(/^\d+\.\d+\.\d+\n$/);
    expect(command('prise'))
      .to.include({ status: 2 })
      .and.to.have.property('stderr')
      .which.includes('"prise"');
  });
});
