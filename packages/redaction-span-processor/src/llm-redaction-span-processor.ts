import { Reporter } from '@llm-otel/common';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { firstLook } from './first-look.js';
import type { RedactionOptions } from './options.js';
import { withCutLength } from './patterns/characters.js';
import type { RedactionPolicy } from './policy.js';
import { redactFlagged, redactSurroundings } from './redact.js';
import { UNREADABLE_VALUE } from './redacted-span.js';
import { resolvePolicy } from './resolve-policy.js';
import { Snapshot } from './snapshot.js';
import { valueLimitOf } from './value-limit.js';
import { writeParts } from './write-parts.js';

/** What a {@link LlmRedactionSpanProcessor} did since it was made. */
export interface RedactionStats {
  /** Spans that were changed. */
  readonly spans: number;
  /** Values that were removed from them: attributes, messages, attributes of events and links. */
  readonly removed: number;
  /** Values that were masked or hashed. */
  readonly masked: number;
  /** Values that could not be read and were removed for that. */
  readonly failed: number;
  /** Spans that carry content and could not be changed. */
  readonly unchangeable: number;
}

/**
 * Removes content from spans as they end. On SDK 2.3 and later that is before any processor's `onEnd`, so
 * the order of registration does not matter; on SDK 1.30 register it before the processor that exports.
 */
export class LlmRedactionSpanProcessor implements SpanProcessor {
  readonly #policy: RedactionPolicy;
  readonly #snapshot = new Snapshot();
  readonly #reporter = new Reporter('LlmRedactionSpanProcessor');
  readonly #stats = { spans: 0, removed: 0, masked: 0, failed: 0, unchangeable: 0 };

  /** @throws TypeError for an option that is unknown, of the wrong type, missing or in conflict with another */
  constructor(options: RedactionOptions = {}) {
    this.#policy = resolvePolicy('LlmRedactionSpanProcessor', options);
  }

  onStart(): void {}

  onEnding(span: ReadableSpan): void {
    if (this.#redact(span)) this.#snapshot.take(span);
  }

  /** Again, for what a later processor's `onEnding` added; and for the first time on SDK 1.30. */
  onEnd(span: ReadableSpan): void {
    if (!this.#snapshot.isOf(span)) this.#redact(span);
  }

  /** What was done so far. */
  stats(): RedactionStats {
    return { ...this.#stats };
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  /** @returns whether the span is now as it should be, and to find that out again would cost as much */
  #redact(span: ReadableSpan): boolean {
    return withCutLength(valueLimitOf(span), this.#redactParts, span);
  }

  readonly #redactParts = (span: ReadableSpan): boolean => {
    const flags = firstLook(span, this.#policy);
    const redaction =
      flags === undefined ? redactSurroundings(span, this.#policy) : redactFlagged(span, flags, this.#policy);
    if (redaction === undefined) return flags !== undefined;
    const { removed, masked, failed } = redaction.tally;
    if (failed > 0) this.#reporter.warnOnce(UNREADABLE_VALUE);
    if (!writeParts(span, redaction)) {
      this.#stats.unchangeable += 1;
      this.#policy.metrics?.record(redaction.tally, 'unchangeable');
      this.#reporter.errorOnce(
        'a span can not be changed, and keeps its content: wrap the exporter in redactingSpanExporter',
      );
      return false;
    }
    this.#policy.metrics?.record(redaction.tally, 'redacted');
    this.#stats.spans += 1;
    this.#stats.removed += removed;
    this.#stats.masked += masked;
    this.#stats.failed += failed;
    return redaction.isStillFlagged;
  };
}
