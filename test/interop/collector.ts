import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY = 'Everything is ready';

/** A running OpenTelemetry Collector. */
export interface Collector {
  /** `http://127.0.0.1:<port>/v1/traces` */
  readonly url: string;
  /** Where its file exporter writes: a line of OTLP JSON for each request. */
  readonly output: string;
  /** Has it write everything and end. */
  stop(): Promise<void>;
  /** Ends it, if it still runs, and removes what it wrote. */
  clean(): Promise<void>;
}

/** Starts the Collector that `run.mjs` built. @throws Error with its log if it ends instead of getting ready */
export async function startCollector(): Promise<Collector> {
  const binary = process.env.LLM_OTEL_COLLECTOR;
  if (binary === undefined)
    throw new Error('Run this suite with `npm run test:interop`: it builds the Collector.');
  const directory = mkdtempSync(join(tmpdir(), 'llm-otel-collector-'));
  const output = join(directory, 'spans.json');
  const endpoint = `127.0.0.1:${await freePort()}`;
  const config = join(directory, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      receivers: { otlp: { protocols: { http: { endpoint } } } },
      exporters: { file: { path: output } },
      service: { pipelines: { traces: { receivers: ['otlp'], exporters: ['file'] } } },
    }),
  );
  const child = spawn(binary, ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    const log: string[] = [];
    createInterface(child.stderr).on('line', (line) => {
      log.push(line);
      if (line.includes(READY)) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The Collector ended:\n${log.join('\n')}`)));
  });
  const exited = once(child, 'exit');
  return {
    url: `http://${endpoint}/v1/traces`,
    output,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exited;
      if (code !== 0) throw new Error(`The Collector ended with code ${code}.`);
    },
    async clean() {
      child.kill('SIGKILL');
      await exited;
      rmSync(directory, { recursive: true });
    },
  };
}

/** The Collector can't be asked for a free port: one that was just free is the next best. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
