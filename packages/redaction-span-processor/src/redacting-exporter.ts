import { Reporter, thrownResult } from '@llm-otel/common';
import { requireMethod } from './require-method.js';

/** How an exporter answers: `ExportResult` of `@opentelemetry/core`, the same in all lines. */
export interface ExportResult {
  readonly code: number;
  readonly error?: Error;
}

/** What exporters of spans and of log records have in common. */
export interface Exporter<Item> {
  export(items: Item[], resultCallback: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Passes redacted views on to an exporter, and contains what that throws. */
export class RedactingExporter<Item> implements Exporter<Item> {
  readonly #exporter: Exporter<Item>;
  readonly #viewOf: (item: Item, reporter: Reporter) => Item | undefined;
  readonly #reporter: Reporter;

  /**
   * @param owner - name under which problems are reported
   * @param expected - what `exporter` should be, for the error
   * @param viewOf - returns the redacted view; `undefined` if it must not be exported
   * @throws TypeError if `exporter` is not an exporter
   */
  constructor(
    owner: string,
    expected: string,
    exporter: Exporter<Item>,
    viewOf: (item: Item, reporter: Reporter) => Item | undefined,
  ) {
    requireMethod(owner, expected, exporter, 'export');
    this.#exporter = exporter;
    this.#viewOf = viewOf;
    this.#reporter = new Reporter(owner);
  }

  export(items: Item[], resultCallback: (result: ExportResult) => void): void {
    let answered = false;
    const answerOnce: typeof resultCallback = (result) => {
      if (answered) return;
      answered = true;
      resultCallback(result);
    };
    const fail = (error: unknown): void => {
      this.#reporter.errorOnce('the wrapped exporter threw', error);
      answerOnce(thrownResult(error));
    };
    try {
      const returned: unknown = this.#exporter.export(this.#redacted(items), answerOnce);
      // An `async export()` compiles, and its rejection must not become the application's.
      if (returned instanceof Promise) returned.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.#exporter.shutdown();
  }

  #redacted(items: Item[]): Item[] {
    return items.flatMap((item) => this.#viewOf(item, this.#reporter) ?? []);
  }
}
