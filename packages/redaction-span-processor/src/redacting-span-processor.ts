import { Reporter } from '@llm-otel/common';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { RedactionOptions } from './options.js';
import type { RedactionPolicy } from './policy.js';
import { redactedSpan } from './redacted-span.js';
import { requireMethod } from './require-method.js';
import { resolvePolicy } from './resolve-policy.js';

type StartedSpan = Parameters<SpanProcessor['onStart']>[0];
type ParentContext = Parameters<SpanProcessor['onStart']>[1];

/**
 * Gives a processor ended spans without content. The spans themselves are left as they are, so that another
 * processor can have what this one must not see.
 *
 * In `onStart` and `onEnding` the processor gets the span itself, since these are there to write to it: one
 * that exports what it reads there needs a `redactingSpanExporter` for its exporter.
 *
 * @throws TypeError if `processor` is none, or an option is wrong
 */
export function redactingSpanProcessor(
  processor: SpanProcessor,
  options: RedactionOptions = {},
): SpanProcessor {
  requireMethod('redactingSpanProcessor', 'a SpanProcessor', processor, 'onEnd');
  return new RedactingSpanProcessor(processor, resolvePolicy('redactingSpanProcessor', options));
}

class RedactingSpanProcessor implements SpanProcessor {
  readonly #processor: SpanProcessor;
  readonly #policy: RedactionPolicy;
  readonly #reporter = new Reporter('redactingSpanProcessor');

  constructor(processor: SpanProcessor, policy: RedactionPolicy) {
    this.#processor = processor;
    this.#policy = policy;
  }

  onStart(span: StartedSpan, parentContext: ParentContext): void {
    this.#guard(() => this.#processor.onStart(span, parentContext));
  }

  onEnding(span: StartedSpan): void {
    this.#guard(() => this.#processor.onEnding?.(span));
  }

  onEnd(span: ReadableSpan): void {
    const redacted = redactedSpan(span, this.#policy, this.#reporter);
    if (redacted !== undefined) this.#guard(() => this.#processor.onEnd(redacted));
  }

  async forceFlush(): Promise<void> {
    await this.#processor.forceFlush();
  }

  async shutdown(): Promise<void> {
    await this.#processor.shutdown();
  }

  #guard(hook: () => void): void {
    try {
      hook();
    } catch (error) {
      this.#reporter.errorOnce('the processor threw', error);
    }
  }
}
