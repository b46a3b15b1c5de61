import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running backend, with a directory of its own for what it stores. */
export interface Backend {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Ends it and removes what it stored. */
  stop(): Promise<void>;
}

/** How a backend is started. */
export interface BackendCommand {
  /** One of those that `run.mjs` installed. */
  readonly command: string;
  readonly args: (port: number, directory: string) => readonly string[];
  readonly env: (port: number, directory: string) => Readonly<Record<string, string>>;
  /** What answers with 200 as soon as it is ready. */
  readonly healthPath: string;
}

/** Starts a backend. @throws Error with its log if it ends instead of getting ready */
export async function startBackend({ command, args, env, healthPath }: BackendCommand): Promise<Backend> {
  const commands = process.env.LLM_OTEL_BACKENDS;
  if (commands === undefined)
    throw new Error('Run this suite with `npm run test:backends`: it installs the backends.');
  const directory = mkdtempSync(join(tmpdir(), `llm-otel-${command}-`));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(join(commands, command), args(port, directory), {
    cwd: directory,
    // A group of its own, because MLflow starts further processes.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env(port, directory) },
  });
  const exited = once(child, 'exit');
  const kill = () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  // Also if the test runner gives up.
  process.once('exit', kill);
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      log = (log + chunk).slice(-10_000);
    });
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await exited;
    rmSync(directory, { recursive: true, maxRetries: 5 });
  };
  while (!(await isReady(url + healthPath))) {
    if (child.exitCode !== null) throw new Error(`${command} ended:\n${log}`);
    await sleep(200);
  }
  return { url, stop };
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(url).catch(() => undefined))?.ok === true;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

/** Asks until there is an answer: backends store in the background what they have accepted. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(200);
  }
}
