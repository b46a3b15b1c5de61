import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { Services } from './services.js';

describe('llm-otel/register in the life of a process', function () {
  this.timeout(60_000);
  const services = Services.ofSuite();

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`sends the remaining spans on ${signal}, and lets the signal end the process`, async () => {
      const killed = await services.run('serve.mjs', {
        onOutput: (text, kill) => text === 'ready\n' && kill(signal),
      });
      expect([killed.code, killed.signal]).to.deep.equal([null, signal]);
      expect((await services.receiver.spans()).map(({ name }) => name)).to.deep.equal(['chat gpt-4o']);
    });

    it(`does not end the process of an application that listens to ${signal}`, async () => {
      const { code, stdout } = await services.run('serve.mjs', {
        environment: { HANDLE: 'true' },
        onOutput: (text, kill) => text === 'ready\n' && kill(signal),
      });
      expect(stdout).to.equal(`ready\nhandling ${signal}\n`);
      expect(code).to.equal(7);
      expect(await services.receiver.spanCount()).to.equal(1);
    });
  }

  it("exports the application's own spans around the calls", async () => {
    await services.run('manual-span.mjs');
    const [call, request] = await services.receiver.spans();
    expect([call?.name, request?.name]).to.deep.equal(['chat gpt-4o', 'request']);
    expect(call?.parentSpanId).to.equal(request?.spanId);
  });

  it('adds pricing to an SDK that was started before, and does not start another', async () => {
    const { stdout, stderr } = await services.run('manual-span.mjs', {
      environment: { OTEL_LOG_LEVEL: 'info' },
      nodeArguments: ['--import', join(__dirname, 'apps', 'own-sdk.mjs'), '--import', 'llm-otel/register'],
    });
    expect(stderr).to.equal('');
    expect(JSON.parse(stdout)).to.deep.equal([
      ['chat gpt-4o', 0.00013],
      ['request', null],
    ]);
    expect(await services.receiver.spanCount()).to.equal(0);
  });

  it('reports only problems with its own variables if an SDK was started before', async () => {
    const { stderr } = await services.run('manual-span.mjs', {
      environment: {
        OTEL_LOG_LEVEL: 'warn',
        OTEL_TRACES_EXPORTER: 'otlp,console',
        OTEL_PROPAGATORS: 'b3',
        LLM_OTEL_REDACTION: 'off',
      },
      nodeArguments: ['--import', join(__dirname, 'apps', 'own-sdk.mjs'), '--import', 'llm-otel/register'],
    });
    expect(stderr.trim().split('\n')).to.have.length(1);
    expect(stderr).to.include('LLM_OTEL_REDACTION must be one of');
  });

  it('reports them on the console if that SDK has set no logger, unless OTEL_LOG_LEVEL is none', async () => {
    const stderrWith = async (environment: Record<string, string>) => {
      const { stderr } = await services.run('manual-span.mjs', {
        environment: { LLM_OTEL_PRICES: '/nowhere/prices.json', ...environment },
        nodeArguments: ['--import', join(__dirname, 'apps', 'own-sdk.mjs'), '--import', 'llm-otel/register'],
      });
      return stderr;
    };
    expect(await stderrWith({})).to.match(/^llm-otel\/register: LLM_OTEL_PRICES can't be used .*\n$/);
    expect(await stderrWith({ OTEL_LOG_LEVEL: 'none' })).to.equal('');
  });

  it('keeps its provider if an SDK is started later, and reports that once', async () => {
    const { stdout, stderr } = await services.run('manual-span.mjs', {
      nodeArguments: ['--import', 'llm-otel/register', '--import', join(__dirname, 'apps', 'own-sdk.mjs')],
    });
    expect(JSON.parse(stdout)).to.deep.equal([]);
    expect(stderr.split('\n')).to.have.length(2);
    expect(stderr).to.include('another OpenTelemetry SDK was started after it');
    expect(await services.receiver.spanCount()).to.equal(2);
  });

  it('starts no SDK with OTEL_TRACES_EXPORTER=none', async () => {
    const { stdout } = await services.run('manual-span.mjs', {
      environment: { OTEL_TRACES_EXPORTER: 'none' },
      nodeArguments: ['--import', 'llm-otel/register', '--import', join(__dirname, 'apps', 'own-sdk.mjs')],
    });
    const names = JSON.parse(stdout).map(([name]: [string]) => name);
    expect(names).to.have.members(['chat gpt-4o', 'request']);
    expect(await services.receiver.spanCount()).to.equal(0);
  });

  it('does not affect an application without an SDK, and says what to install', async () => {
    const { code, stderr } = await services.run('manual-span.mjs', {
      nodeArguments: [
        '--require',
        join(__dirname, 'apps', 'without-sdk.cjs'),
        '--import',
        'llm-otel/register',
      ],
    });
    expect(code).to.equal(0);
    expect(stderr.split('\n'), stderr).to.have.length(2);
    expect(stderr).to.include('@opentelemetry/sdk-trace could not be loaded').and.include('npm install');
    expect(await services.receiver.spanCount()).to.equal(0);
  });

  it('does not affect an application with an SDK that is too old, and says what to install', async () => {
    const { code, stderr } = await services.run('manual-span.mjs', {
      environment: { OTEL_NODE_RESOURCE_DETECTORS: 'all' },
      nodeArguments: [
        '--require',
        join(__dirname, 'apps', 'old-resources.cjs'),
        '--import',
        'llm-otel/register',
      ],
    });
    expect(stderr.split('\n'), stderr).to.have.length(2);
    expect(stderr).to.include('@opentelemetry/resources is older than 2.0').and.include('npm install');
    expect(code).to.equal(0);
  });

  it("does not affect an application if imports can't be hooked, and says what to use instead", async () => {
    const { code, stderr } = await services.run('manual-span.mjs', {
      nodeArguments: [
        '--require',
        join(__dirname, 'apps', 'without-hooks.cjs'),
        '--require',
        'llm-otel/register',
      ],
    });
    expect(code, stderr).to.equal(0);
    expect(stderr).to.include('wrapOpenAI()');
    expect((await services.receiver.spans()).map(({ name }) => name)).to.deep.equal(['request']);
  });

  for (const order of ['before', 'after'])
    it(`does not affect modules that another SDK hooks, registered ${order}`, async () => {
      const theirs = ['--import', join(__dirname, 'apps', 'other-hooks.mjs')];
      const ours = ['--import', 'llm-otel/register'];
      const { stdout } = await services.run('hooked-by-two.mjs', {
        nodeArguments: order === 'before' ? [...theirs, ...ours] : [...ours, ...theirs],
      });
      expect(stdout).to.equal('chai is hooked\n');
      expect(await services.receiver.spanCount()).to.equal(1);
    });

  it('warns about clients that were loaded before it', async () => {
    const { stderr } = await services.run('manual-span.mjs', {
      nodeArguments: ['--require', 'openai', '--import', 'llm-otel/register'],
    });
    expect(stderr.split('\n')).to.have.length(2);
    expect(stderr).to.include('openai was loaded before');
  });

  it('is the only part of the package that loads the SDK', () => {
    const loaded = (name: string) =>
      execFileSync(
        process.execPath,
        ['-e', `Object.values(require('${name}')); console.log(Object.keys(require.cache).join('\\n'))`],
        {
          cwd: join(__dirname, '..', '..'),
          encoding: 'utf8',
          env: { ...process.env, OTEL_TRACES_EXPORTER: '' },
        },
      );
    const sdk = /@opentelemetry\/(sdk|core|resources|context|exporter)/;
    expect(loaded('llm-otel')).not.to.match(sdk);
    expect(loaded('llm-otel/register')).to.match(sdk);
  });
});
