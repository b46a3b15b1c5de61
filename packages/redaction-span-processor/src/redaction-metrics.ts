import { Reporter } from '@llm-otel/common';
import type { Counter, MeterProvider } from '@opentelemetry/api';
import type { Tally } from './redact/redaction-run.js';

/** Counts what redaction does, for a meter. */
export class RedactionMetrics {
  readonly #values: Counter;
  readonly #spans: Counter;
  readonly #logRecords: Counter;
  readonly #reporter: Reporter;

  /** @param owner - name under which problems are reported */
  constructor(meterProvider: MeterProvider, owner: string) {
    this.#reporter = new Reporter(owner);
    const meter = meterProvider.getMeter('@llm-otel/redaction-span-processor');
    this.#values = meter.createCounter('llm.redaction.values', {
      description: 'Values that redaction removed or replaced, by action',
      unit: '{value}',
    });
    this.#spans = meter.createCounter('llm.redaction.spans', {
      description: 'Spans with something to redact, by outcome',
      unit: '{span}',
    });
    this.#logRecords = meter.createCounter('llm.redaction.log_records', {
      description: 'Log records with something to redact, by outcome',
      unit: '{log_record}',
    });
  }

  /**
   * Never throws.
   *
   * @param outcome - `unchangeable` for a span that keeps its content
   */
  record(tally: Tally, outcome: 'redacted' | 'unchangeable'): void {
    this.#record(this.#spans, tally, outcome);
  }

  /** The same for a log record. */
  recordLogRecord(tally: Tally): void {
    this.#record(this.#logRecords, tally, 'redacted');
  }

  #record(counter: Counter, tally: Tally, outcome: 'redacted' | 'unchangeable'): void {
    try {
      this.#add(counter, tally, outcome);
    } catch (error) {
      this.#reporter.errorOnce('the meter threw', error);
    }
  }

  #add(counter: Counter, { removed, masked, failed }: Tally, outcome: 'redacted' | 'unchangeable'): void {
    counter.add(1, { outcome });
    if (outcome === 'unchangeable') return;
    // Those that could not be read are among the removed.
    if (removed > failed) this.#values.add(removed - failed, { action: 'removed' });
    if (masked > 0) this.#values.add(masked, { action: 'masked' });
    if (failed > 0) this.#values.add(failed, { action: 'failed' });
  }
}
