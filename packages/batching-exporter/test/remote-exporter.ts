import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchingOptions, BatchingStats, StorageStats } from '../src/index.js';

export interface RemoteExporterOptions {
  readonly path: 'OtlpBatchingSpanExporter' | 'BatchingSpanExporter';
  readonly url: string;
  readonly requestTimeoutMillis: number;
  readonly options?: BatchingOptions;
}

interface Methods {
  /** @returns ids */
  handOver(count: number, contentBytes?: number): string[];
  /** @returns 'delivered', or with what it was rejected */
  forceFlush(): string;
  stats(): BatchingStats;
  storageStats(): StorageStats;
  shutdown(): void;
}

export interface Call {
  readonly id: number;
  readonly method: keyof Methods;
  readonly args: number[];
}

/** An exporter in a process of its own, which can be frozen, or have limits of its own. */
export class RemoteExporter {
  readonly #child: ChildProcess;
  readonly #answers = new Map<number, (value: never) => void>();
  #lastId = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, value }: { id: number; value: never }) => this.#answers.get(id)?.(value));
  }

  /** @param shell - what is done before, in the process that then becomes the exporter's */
  static async start(options: RemoteExporterOptions, shell = ':'): Promise<RemoteExporter> {
    const program = join(__dirname, 'fixtures', 'remote-exporter.ts');
    const args = [process.execPath, '--require', 'tsx/cjs', program, JSON.stringify(options)];
    const child = spawn('bash', ['-c', `${shell}; exec "$0" "$@"`, ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const remote = new RemoteExporter(child);
    await Promise.race([
      new Promise<void>((resolve) => remote.#answers.set(0, () => resolve())),
      once(child, 'exit').then(() => Promise.reject(new Error('The exporter process ended.'))),
    ]);
    return remote;
  }

  call<Name extends keyof Methods>(
    method: Name,
    ...args: Parameters<Methods[Name]>
  ): Promise<ReturnType<Methods[Name]>> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#child.send({ id, method, args });
    });
  }

  /** Takes the processor from the process for a while, as between two invocations of a function. */
  async freeze(millis: number): Promise<void> {
    this.#child.kill('SIGSTOP');
    await sleep(millis);
    this.#child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
