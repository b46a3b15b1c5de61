import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingProvider } from '@llm-otel/testing';
import { createTraceState, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { expect } from 'chai';
import { auditCommand } from '../../src/cli/audit-command.js';

const main = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const SECRET = 'a secret that nobody must see';

/** Spans as the stock exporter sends them as JSON, which the Collector's file exporter writes as one line. */
function otlpJson(): string {
  const provider = recordingProvider([], { resource: { 'service.name': 'app', owner: 'bob@example.com' } });
  for (const name of ['chat', 'chat again']) {
    const span = provider.tracer.startSpan(name, {
      attributes: {
        'llm.model': 'gpt-4o',
        'llm.prompt': SECRET,
        'llm.tokens.input': 12,
        'app.list': ['a', 'b'],
      },
    });
    span.addEvent('gen_ai.choice', { content: SECRET, index: 0 });
    span.recordException(new Error(SECRET));
    span.setStatus({ code: 2, message: SECRET });
    span.end();
  }
  const traceState = createTraceState('app=bob@example.com,dd=s:1');
  const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1, traceState };
  provider.tracer
    .startSpan(
      'GET /',
      { attributes: { note: 'call +49 170 1234567' }, links: [{ context }] },
      trace.setSpanContext(ROOT_CONTEXT, context),
    )
    .end();
  return Buffer.from(JsonTraceSerializer.serializeRequest(provider.spans) ?? []).toString();
}

describe('llm-otel audit', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'audit-'));
  });
  after(() => rmSync(directory, { recursive: true }));
  const file = (name: string, content: string) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  const run = async (...args: string[]) => {
    const written = { out: '', problems: '' };
    const code = await auditCommand(
      args,
      { write: (text) => (written.out += text) },
      { write: (text) => (written.problems += text) },
    );
    return { code, ...written };
  };

  it('lists what would be removed, by place and key, without showing it', async () => {
    const { code, out, problems } = await run(file('trace.json', otlpJson()));
    expect([code, problems]).to.deep.equal([0, '']);
    expect(out.split('\n').slice(1)).to.deep.equal([
      '',
      'Would be removed, with the number of spans:',
      '       2  attribute  llm.prompt',
      '       2  event exception  exception.message',
      '       2  event exception  exception.stacktrace',
      '       2  event gen_ai.choice  content',
      '       2  status  message',
      '',
      'Would be replaced, with the number of spans:',
      '       3  resource  owner',
      '       1  attribute  note',
      '       1  link  trace state',
      '       1  trace state',
      '',
    ]);
    expect(out).to.match(/^3 spans in .*trace\.json; 3 of them would be changed\.$/m);
    expect(out).not.to.match(/secret that|bob@|1234567/);
  });

  it('treats values as not cut', async () => {
    const attributes = [{ key: 'url.path', value: { stringValue: '/api/v1/orders/4512345' } }];
    const json = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ attributes }] }] }] });
    expect((await run(file('whole.json', json))).out).to.match(
      /^1 span in .*; 0 of them would be changed\.$/m,
    );
  });

  it('reads one object per line, and one object over many lines', async () => {
    const json = otlpJson();
    expect((await run(file('lines.json', `${json}\n\n${json}\n`))).out).to.match(/^6 spans in /);
    expect((await run(file('pretty.json', JSON.stringify(JSON.parse(json), null, 2)))).out).to.match(
      /^3 spans in /,
    );
  });

  it('reads lists of objects, snake_case fields, null fields and invalid times', async () => {
    const json = otlpJson();
    expect((await run(file('list.json', `[${json},${json}]`))).out).to.match(/^6 spans in /);
    expect((await run(file('mark.json', `\uFEFF${json}`))).out).to.match(/^3 spans in /);
    const snakeCased = json.replace(
      /"([a-z]+[A-Z]\w*)":/g,
      (_, name: string) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`,
    );
    expect(snakeCased).to.include('"string_value":');
    expect((await run(file('snake.json', snakeCased))).out).to.match(
      /3 of them would be changed[\s\S]*llm\.prompt/,
    );
    const odd = { name: 'x', attributes: null, events: null, status: null, endTimeUnixNano: SECRET };
    const { code, out, problems } = await run(
      file(
        'odd.json',
        JSON.stringify({ resourceSpans: [{ resource: null, scopeSpans: [{ spans: [odd] }] }] }),
      ),
    );
    expect(code, problems).to.equal(0);
    expect(out).to.match(/^1 span in /);
  });

  it('reads a line that contains U+2028, and bytes as bytes', async () => {
    const attributes = [
      { key: 'llm.prompt', value: { stringValue: 'a\u2028b' } },
      { key: 'app.bytes', value: { bytesValue: Buffer.from('bob@example.com').toString('base64') } },
    ];
    const json = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ attributes }] }] }] });
    const { out } = await run(file('ends.json', `${json}\r\n${json}\r\n`));
    expect(out).to.match(/^2 spans in .*; 2 of them would be changed\.$/m);
    expect(out).to.include('2  attribute  app.bytes');
  });

  it('reports how many requests are not for traces', async () => {
    const { code, out } = await run(
      file('mixed.json', `{"resourceLogs":[]}\n${otlpJson()}\n{"resource_metrics":[]}\n`),
    );
    expect(code).to.equal(0);
    expect(out).to.match(
      /^3 spans in .*\n2 requests are for logs or metrics, which redaction never sees\.$/m,
    );
  });

  it('hides keys and event names that may reveal something', async () => {
    const value = { stringValue: 'bob@example.com' };
    const attributes = [
      'bob@example.com',
      SECRET,
      'app.sk-ant-api03-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7',
      'app.ghp_aB3dE6gH9jK2mN5pQ8sT1',
      'users.4111111111111111',
      'app.to',
    ].map((key) => ({ key, value }));
    const spans = [{ name: 'x', attributes, events: [{ name: SECRET, attributes }] }];
    const { out } = await run(
      file('keys.json', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })),
    );
    expect(out).to.include('attribute  app.to').and.to.include('attribute  (not a plain name)');
    expect(out).not.to.match(/bob|secret that|aB3dE6|4111/);
  });

  it('applies a policy', async () => {
    const policy = file(
      'policy.json',
      JSON.stringify({ version: 1, content: 'keep', patterns: ['phone'], preset: 'default' }),
    );
    const { out } = await run(file('trace.json', otlpJson()), '--policy', policy);
    expect(out).to.match(/^3 spans in .*; 1 of them would be changed\.$/m);
    expect(out).to.include('attribute  note').and.not.to.include('llm.prompt');
  });

  it('needs no hmacKey for a policy that hashes', async () => {
    const policy = file('policy.json', JSON.stringify({ version: 1, content: 'hash' }));
    const { code, out } = await run(file('trace.json', otlpJson()), '--policy', policy);
    expect(code).to.equal(0);
    expect(out).to.match(/replaced[\s\S]*attribute {2}llm\.prompt/);
  });

  it('exits with 2 for wrong arguments, invalid files and invalid policies', async () => {
    const trace = file('trace.json', otlpJson());
    const cases: readonly [args: string[], problem: string][] = [
      [[], 'expected one file, got 0.'],
      [[trace, trace], 'expected one file, got 2.'],
      [[trace, '--polizy', 'x'], "Unknown option '--polizy'"],
      [[join(directory, 'missing.json')], `missing.json can't be read: ENOENT`],
      [[directory], `${directory} can't be read: EISDIR`],
      [[file('bad.json', 'no json')], 'bad.json is not JSON in UTF-8.'],
      [[file('worse.json', '{no json}')], 'worse.json is not JSON.'],
      [[file('deep.json', '['.repeat(1e5) + ']'.repeat(1e5))], 'deep.json: line 1: no OTLP trace data.'],
      [[file('half.json', `${otlpJson()}\n{`)], 'half.json: line 2 is not JSON.'],
      [[file('other.json', '{"resourceLogs":[]}')], 'other.json: logs or metrics, but no OTLP trace data.'],
      [[file('none.json', `${otlpJson()}\n{"a":"${SECRET}"}`)], 'none.json: line 2: no OTLP trace data.'],
      [[file('odd.json', '{"resourceSpans":[{"scopeSpans":{}}]}')], 'odd.json: line 1: no OTLP trace data.'],
      [[trace, '--policy', file('policy.json', '{"version":3}')], '"version" must be 1'],
      [[trace, '--policy', directory], `--policy ${directory} can't be read: EISDIR`],
    ];
    for (const [args, problem] of cases) {
      const { code, problems } = await run(...args);
      expect(code, problem).to.equal(2);
      expect(problems)
        .to.match(/^llm-otel audit: /)
        .and.to.include(problem);
    }
  });

  it('shows its usage after a problem with an argument, and only then', async () => {
    const trace = file('trace.json', otlpJson());
    for (const args of [[], [trace, trace], [trace, '--polizy', 'x']])
      expect((await run(...args)).problems).to.include('llm-otel audit <file> [--policy <file>]');
    expect((await run(join(directory, 'missing.json'))).problems).not.to.include('<file>');
  });

  it('is a command of the package', () => {
    const { status, stdout } = spawnSync(process.execPath, [main, 'audit', file('trace.json', otlpJson())]);
    expect(status).to.equal(0);
    expect(stdout.toString()).to.include('attribute  llm.prompt');
  });

  for (const name of ['-', '/dev/stdin'])
    it(`reads what is piped to ${name}, by a shell or by another program`, () => {
      const input = `\n${JSON.stringify(JSON.parse(otlpJson()), null, 2)}`;
      const command = `cat '${file('pretty.json', input)}' | '${process.execPath}' '${main}' audit ${name}`;
      for (const { stdout, stderr } of [
        spawnSync(command, { shell: true, encoding: 'utf8' }),
        // Here, the standard input is a socket, which can't be opened by a path.
        spawnSync(process.execPath, [main, 'audit', name], { input, encoding: 'utf8' }),
      ]) {
        expect(stderr).to.equal('');
        expect(stdout).to.match(/^3 spans in /);
      }
    });
});
