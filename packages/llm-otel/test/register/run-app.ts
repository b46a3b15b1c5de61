import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface AppRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface AppOptions {
  /** Arguments of node, before the application. */
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Called with what the application has printed so far. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** @defaultValue the Node that runs the tests */
  readonly node?: string;
}

/** Runs an application of `apps/` in a process of its own, with nothing of OpenTelemetry in its environment but what is given. */
export function runApp(app: string, options: AppOptions = {}): Promise<AppRun> {
  const { nodeArguments = ['--import', 'llm-otel/register'], environment = {}, onOutput } = options;
  const inherited = Object.entries(process.env).filter(([name]) => !/OTEL|NODE_OPTIONS/.test(name));
  const child = spawn(options.node ?? process.execPath, [...nodeArguments, join(__dirname, 'apps', app)], {
    // The package is found by its own name from here.
    cwd: join(__dirname, '..', '..'),
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    onOutput?.(stdout, (signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
