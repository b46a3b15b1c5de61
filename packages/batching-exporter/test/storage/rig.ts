import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OtlpReceiver, startOtlpReceiver } from '@llm-otel/testing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { type BatchingOptions, BatchingSpanExporter, OtlpBatchingSpanExporter } from '../../src/index.js';

/** The two ways to send, which keep different things on disk. */
export const paths = {
  OtlpBatchingSpanExporter: (url: string, options: BatchingOptions) =>
    new OtlpBatchingSpanExporter({ url, ...options }),
  BatchingSpanExporter: (url: string, options: BatchingOptions) =>
    new BatchingSpanExporter(new OTLPTraceExporter({ url, timeoutMillis: 500 }), options),
};

export type StoringExporter = ReturnType<(typeof paths)[keyof typeof paths]>;

/** A backend, and a directory for what it can't take. */
export class Rig {
  readonly receiver: OtlpReceiver;
  readonly directory: string = mkdtempSync(join(tmpdir(), 'llm-otel-storage-'));

  private constructor(receiver: OtlpReceiver) {
    this.receiver = receiver;
  }

  static async start(): Promise<Rig> {
    return new Rig(await startOtlpReceiver());
  }

  exporter(
    path: keyof typeof paths = 'OtlpBatchingSpanExporter',
    options: BatchingOptions = {},
  ): StoringExporter {
    return paths[path](this.receiver.url, {
      retry: { initialIntervalMillis: 20, maxIntervalMillis: 50 },
      batch: { flushIntervalMillis: 50 },
      timeoutMillis: 5_000,
      ...options,
      storage: { directory: this.directory, ...options.storage },
    });
  }

  goDown(): void {
    this.receiver.answerAlways({ status: 503 });
  }

  /** Not before what an exporter gave up while it was on its way has been answered: it might arrive all the same. */
  async comeUp(): Promise<void> {
    await sleep(100);
    this.receiver.answerAlways(undefined);
  }

  /** Files that hold spans. */
  files(directory: string = this.directory): string[] {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.spans'))
      .map((name) => join(directory, name));
  }

  async stop(): Promise<void> {
    await this.receiver.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Long enough for what was handed over to be on disk. */
export const untilWritten = (): Promise<void> => sleep(100);
