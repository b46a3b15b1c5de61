import { Reporter } from '@llm-otel/common';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { RedactionOptions } from './options.js';
import type { RedactionPolicy } from './policy/policy.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import { requireMethod } from './require-method.js';
import { redactedSpan } from './span/redacted-span.js';

type StartedSpan = Parameters<SpanProcessor['onStart']>[0];
type ParentContext = Parameters<SpanProcessor['onStart']>[1];

/**
 * Wraps a processor so that it receives views of ended spans without content. The spans themselves stay as they are, so
 * that another processor can receive what this one must not.
 *
 * In `onStart` and `onEnding` the processor receives the span itself, because these hooks exist to modify it. If it
 * exports what it reads there, wrap its exporter in `redactingSpanExporter`.
 *
 * @returns a processor that redacts ended spans and passes them on
 * @throws TypeError if `processor` is not a processor, or an option is invalid
 */
export function redactingSpanProcessor(processor: SpanProcessor, options?: RedactionOptions): SpanProcessor {
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
      this.#reporter.errorOnce('the wrapped processor threw', error);
    }
  }
}
