import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startOtlpReceiver } from '@llm-otel/testing';
import { expect } from 'chai';
import { type DemoResult, runDemo } from '../src/run-demo.js';

const MAIN = join(__dirname, '..', 'dist', 'main.js');

describe('the demo', () => {
  let result: DemoResult;
  before(async () => {
    result = await runDemo({ redaction: true, live: false, otlpEndpoint: undefined });
  });

  it('prices every call as computed by hand', () => {
    const perMillion = (...parts: [tokens: number, usd: number][]) =>
      parts.reduce((sum, [tokens, usd]) => sum + (tokens * usd) / 1e6, 0);
    const expected = [
      ['gpt-4o', perMillion([1500, 2.5], [350, 10])], // 0.00725
      ['gpt-4o-mini', perMillion([2000, 0.15], [500, 0.6])], // 0.0006
      ['gpt-4.1', perMillion([500, 2], [1000, 0.5], [350, 8])], // 0.0043
      // 500 uncached, 2,000 read from and 1,000 written to the cache.
      ['claude-opus-4-8', perMillion([500, 5], [2000, 0.5], [1000, 6.25], [200, 25])], // 0.01475
      ['claude-haiku-4-5', perMillion([1000, 1], [100, 5])], // 0.0015
      ['gpt-4o', perMillion([1000, 2.5], [100, 10])], // 0.0035
      ['claude-opus-4-8', undefined],
      ['acme-large-1', undefined],
    ] as const;
    expect(result.rows.map((row) => row.model)).to.deep.equal(expected.map(([model]) => model));
    for (const [index, [model, usd]] of expected.entries()) {
      const actual = result.rows[index]?.costUsd;
      if (usd === undefined) expect(actual, model).to.equal(undefined);
      else expect(actual, model).to.be.closeTo(usd, 1e-9);
    }
  });

  it("counts the client's hidden retries", () => {
    expect(result.rows.map((row) => row.retries)).to.deep.equal([0, 0, 0, 0, 0, 2, 0, 0]);
  });

  it('gives the reason why a call has no price, instead of zero', () => {
    expect(result.rows.map((row) => row.costStatus).slice(-2)).to.deep.equal([
      'missing_tokens',
      'unknown_model',
    ]);
  });

  it('distinguishes errors from successes, and streams from plain calls', () => {
    expect(result.rows.map((row) => row.outcome)).to.deep.equal([
      ...Array(6).fill('ok'),
      'invalid_request',
      'ok',
    ]);
    const streamed = result.rows.map(
      (row) => row.timeToFirstTokenMillis !== undefined && (row.chunks ?? 0) > 1,
    );
    expect(streamed).to.deep.equal([false, true, false, false, true, false, false, false]);
  });

  it('removes all content, and accounts for every span', () => {
    expect(result.removedValues).to.be.greaterThan(demoSpans);
    expect(result.leaks).to.deep.equal([]);
    expect(result.ledger).to.include({
      accepted: 2 * demoSpans,
      exported: 2 * demoSpans,
      queued: 0,
      inFlight: 0,
    });
  });

  describe('as a command', () => {
    const run = (args: string[], env: Record<string, string> = {}) =>
      spawnSync(process.execPath, [MAIN, ...args], {
        encoding: 'utf8',
        env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: undefined, ...env },
      });

    it('prints the table and exits with 0', () => {
      const { status, stdout } = run([]);
      expect(stdout).to.match(/^gpt-4o +1500 +350 +0\.007250 /m);
      expect(stdout).to.match(/^acme-large-1 +800 +60 +unknown_model /m);
      expect(stdout).to.match(/^total +0\.031900 USD in 6 priced calls$/m);
      expect(stdout).to.match(/^ledger +16 accepted = 16 exported \+ 0 queued \+ 0 in flight \+ 0 dropped$/m);
      expect(status).to.equal(0);
    });

    it('exits with 1 and names the texts if content gets through', () => {
      const { status, stderr } = run(['--without-redaction']);
      expect(stderr)
        .to.match(/^LEAK: \d+ texts/m)
        .and.to.include('Ms Aurelia Quince');
      expect(status).to.equal(1);
    });

    it('shows each call once, and says why, if the backend does not take the spans', async () => {
      const refusing = await startOtlpReceiver();
      // Each batch is tried again in halves.
      refusing.answerAlways({ status: 413 });
      const child = spawn(process.execPath, [MAIN], {
        env: {
          ...process.env,
          OTEL_EXPORTER_OTLP_ENDPOINT: new URL('/', refusing.url).href.replace('//', '//me:secret@'),
        },
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (text) => (stdout += text));
      child.stderr.on('data', (text) => (stderr += text));
      const [code] = await once(child, 'close');
      await refusing.close();
      expect(stdout).to.match(/^8 LLM calls traced\.$/m);
      expect(stdout).to.match(/^total +0\.031900 USD in 6 priced calls$/m);
      expect(stderr).to.match(
        /^NOT SENT: 16 of 16 spans did not reach http:\/\/127\.0\.0\.1:\d+\/: Payload Too Large/m,
      );
      expect(stdout + stderr).not.to.include('secret');
      expect(code).to.equal(1);
    });

    it('takes an empty OTEL_EXPORTER_OTLP_ENDPOINT as unset', () => {
      const { stdout } = run([], { OTEL_EXPORTER_OTLP_ENDPOINT: '' });
      expect(stdout).to.match(/^8 LLM calls traced and sent to an OTLP receiver/);
    });

    it('says what --live requires', () => {
      const { status, stderr } = run(['--live'], {
        OPENAI_API_KEY: undefined,
        ANTHROPIC_API_KEY: undefined,
      } as never);
      expect(stderr).to.include('--live needs OPENAI_API_KEY or ANTHROPIC_API_KEY');
      expect(status).to.equal(1);
    });
  });

  it('sends to OTEL_EXPORTER_OTLP_ENDPOINT if it is set', async () => {
    const receiver = await startOtlpReceiver();
    const endpoint = new URL('/', receiver.url).href;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint;
    try {
      const { rows, leaks } = await runDemo({ redaction: true, live: false, otlpEndpoint: endpoint });
      expect(receiver.spans).to.have.length(2 * demoSpans);
      expect(rows).to.have.length(demoSpans);
      expect(leaks).to.equal(undefined);
    } finally {
      delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      await receiver.close();
    }
  });
});

/** One span of the instrumentation and one of the application around it, for each call. */
const demoSpans = 8;
