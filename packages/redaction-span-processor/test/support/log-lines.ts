import type { RedactionOptions } from '@llm-otel/redaction-span-processor';
import { redactingLogRecordExporter } from '@llm-otel/redaction-span-processor';
import type { Context } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import * as sdk2 from '@opentelemetry/sdk-logs';
import * as sdk0 from 'sdk-logs-0';

/** What an application emits. */
export interface EmittedLogRecord {
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly eventName?: string;
  readonly severityText?: string;
  readonly severityNumber?: number;
  readonly timestamp?: number;
  readonly context?: Context;
}

/** One line of the logs SDK, behind the types of the 0.2xx line. */
export interface LogLine {
  readonly name: '0.57' | '0.223';
  readonly hasEventName: boolean;
  /** Emits a log record through the line's own provider and processor. */
  emit(
    record: EmittedLogRecord,
    exporter: sdk2.LogRecordExporter,
    options?: LogProviderOptions,
  ): Promise<void>;
}

export interface LogProviderOptions {
  readonly resource?: Readonly<Record<string, string>>;
  readonly attributeValueLengthLimit?: number;
}

/** The lines' types differ in what our code must not depend on. */
function ofOtherLine<T>(value: unknown): T {
  return value as T;
}

/** Log records of SDK 3.x need API 1.10: `test/peers` has them. */
export const logLines: readonly LogLine[] = [
  {
    name: '0.57',
    hasEventName: false,
    emit: async (record, exporter, { resource = {}, ...logRecordLimits } = {}) => {
      const provider = new sdk0.LoggerProvider(
        ofOtherLine({ resource: { attributes: resource }, logRecordLimits }),
      );
      provider.addLogRecordProcessor(new sdk0.SimpleLogRecordProcessor(ofOtherLine(exporter)));
      provider.getLogger('scope', '1.2.3').emit(ofOtherLine(record));
      await provider.forceFlush();
    },
  },
  {
    name: '0.223',
    hasEventName: true,
    emit: async (record, exporter, { resource = {}, ...logRecordLimits } = {}) => {
      const provider = new sdk2.LoggerProvider({
        resource: resourceFromAttributes(resource),
        logRecordLimits,
        processors: [new sdk2.SimpleLogRecordProcessor({ exporter })],
      });
      provider.getLogger('scope', '1.2.3').emit(ofOtherLine(record));
      await provider.forceFlush();
    },
  },
];

/** An exporter that keeps what it is given. */
export class FakeLogRecordExporter implements sdk2.LogRecordExporter {
  readonly records: sdk2.ReadableLogRecord[] = [];

  export(records: sdk2.ReadableLogRecord[], callback: Parameters<sdk2.LogRecordExporter['export']>[1]): void {
    this.records.push(...records);
    callback({ code: 0 });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** Returns what an exporter is given of log records, behind redaction. */
export function viewer(
  options?: RedactionOptions,
): (records: readonly sdk2.ReadableLogRecord[]) => sdk2.ReadableLogRecord[] {
  const exporter = new FakeLogRecordExporter();
  const redacting = redactingLogRecordExporter(exporter, options);
  return (records) => {
    redacting.export([...records], () => undefined);
    return exporter.records.splice(0);
  };
}

/** What an exporter is given of log records, behind redaction of its own. */
export function viewsOf(
  records: readonly sdk2.ReadableLogRecord[],
  options?: RedactionOptions,
): sdk2.ReadableLogRecord[] {
  return viewer(options)(records);
}

/** A log record as the SDK has it, and its only view. */
export async function emitted(
  record: EmittedLogRecord,
  { line = logLines[1], ...options }: LogProviderOptions & { readonly line?: LogLine | undefined } = {},
): Promise<sdk2.ReadableLogRecord> {
  const exporter = new FakeLogRecordExporter();
  await line?.emit(record, exporter, options);
  const [made] = exporter.records;
  if (made === undefined) throw new Error('no log record was emitted');
  return made;
}
