import {
  type BatchingOptions,
  BatchingSpanExporter,
  OtlpBatchingSpanExporter,
} from '@llm-otel/batching-exporter';
import { anObject, anObjectWith, type Check, checkOptions } from '@llm-otel/common';
import type { LlmCostSpanProcessorOptions } from '@llm-otel/cost-span-processor';
import type { RedactionOptions } from '@llm-otel/redaction-span-processor';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Options of {@link createLlmSpanProcessors}. */
export interface LlmSpanProcessorsOptions {
  /**
   * Where spans go. A `BatchingSpanExporter` or an `OtlpBatchingSpanExporter` is used as it is, so that you can keep a
   * reference and call its `stats()`; any other exporter is wrapped in a `BatchingSpanExporter`.
   *
   * @defaultValue none: only cost and redaction, for a provider that has its own exporting processor
   */
  readonly exporter?: SpanExporter | undefined;
  /** Options of the cost processor; `false` leaves it out. @defaultValue `{}` */
  readonly cost?: LlmCostSpanProcessorOptions | false | undefined;
  /** Options of the redaction processor; `false` leaves it out, so that content is exported. @defaultValue `{}` */
  readonly redaction?: RedactionOptions | false | undefined;
  /** Options of the `BatchingSpanExporter` that wraps `exporter`. Requires an `exporter` that does not batch itself. @defaultValue `{}` */
  readonly batching?: BatchingOptions | undefined;
}

const OWNER = 'createLlmSpanProcessors';

const anObjectOrFalse: Check = (value) =>
  value === false || (typeof value === 'object' && value !== null) ? undefined : 'an options object or false';

/** @throws TypeError for an invalid option, or for options that contradict each other */
export function checkLlmSpanProcessorsOptions(options: LlmSpanProcessorsOptions): void {
  checkOptions<LlmSpanProcessorsOptions>(OWNER, options, {
    exporter: anObjectWith('export', 'a SpanExporter'),
    cost: anObjectOrFalse,
    redaction: anObjectOrFalse,
    batching: anObject,
  });
  if (options.batching === undefined) return;
  if (options.exporter === undefined)
    throw new TypeError(`${OWNER}: option "batching" needs the option "exporter", to which it applies.`);
  if (isBatching(options.exporter))
    throw new TypeError(
      `${OWNER}: option "batching" has no effect on an exporter that already batches: ` +
        'give the options to its constructor.',
    );
}

export function isBatching(exporter: SpanExporter): boolean {
  return exporter instanceof BatchingSpanExporter || exporter instanceof OtlpBatchingSpanExporter;
}
