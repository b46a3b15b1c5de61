import { Reporter, thrownResult } from '@llm-otel/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { RedactionOptions } from './options.js';
import type { RedactionPolicy } from './policy/policy.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import { requireMethod } from './require-method.js';
import { redactedSpan } from './span/redacted-span.js';

/**
 * Wraps an exporter so that it receives views of spans without content. The spans themselves stay as they are, so that
 * another destination can receive what this one must not.
 *
 * @returns an exporter that redacts spans and passes them on
 * @throws TypeError if `exporter` is not an exporter, or an option is invalid
 */
export function redactingSpanExporter(exporter: SpanExporter, options: RedactionOptions = {}): SpanExporter {
  requireMethod('redactingSpanExporter', 'a SpanExporter', exporter, 'export');
  return new RedactingSpanExporter(exporter, resolvePolicy('redactingSpanExporter', options));
}

class RedactingSpanExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #policy: RedactionPolicy;
  readonly #reporter = new Reporter('redactingSpanExporter');

  constructor(exporter: SpanExporter, policy: RedactionPolicy) {
    this.#exporter = exporter;
    this.#policy = policy;
  }

  export(spans: ReadableSpan[], resultCallback: Parameters<SpanExporter['export']>[1]): void {
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
      const returned: unknown = this.#exporter.export(this.#redacted(spans), answerOnce);
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

  #redacted(spans: ReadableSpan[]): ReadableSpan[] {
    return spans.flatMap((span) => redactedSpan(span, this.#policy, this.#reporter) ?? []);
  }
}
