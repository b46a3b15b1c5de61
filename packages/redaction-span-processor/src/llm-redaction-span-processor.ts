import { Reporter } from '@llm-otel/common';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { RedactionOptions } from './options.js';
import type { RedactionPolicy } from './policy/policy.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import { firstLook } from './redact/first-look.js';
import { redactFlagged, redactSharedParts } from './redact/redact.js';
import { UNREADABLE_VALUE } from './span/redacted-span.js';
import { Snapshot } from './span/snapshot.js';
import { writeParts } from './span/write-parts.js';

/** What a {@link LlmRedactionSpanProcessor} has done since construction. */
export interface RedactionStats {
  /** Number of times that a span was changed. */
  readonly spans: number;
  /** Removed values: attributes, status messages, attributes of events and links. */
  readonly removed: number;
  /** Values that were masked, hashed or truncated. */
  readonly masked: number;
  /** Values that could not be read and were therefore removed; included in `removed`. */
  readonly failed: number;
  /** Spans with content that could not be changed. */
  readonly unchangeable: number;
}

/**
 * Removes content from spans as they end. On SDK 2.3 and later it does so before any processor's `onEnd`, so the order of
 * registration does not matter. On earlier SDKs, register it before the processor that exports.
 */
export class LlmRedactionSpanProcessor implements SpanProcessor {
  readonly #policy: RedactionPolicy;
  readonly #snapshot = new Snapshot();
  readonly #reporter = new Reporter('LlmRedactionSpanProcessor');
  readonly #stats = { spans: 0, removed: 0, masked: 0, failed: 0, unchangeable: 0 };

  /** @throws TypeError if an option is unknown, of the wrong type, missing, or conflicts with another */
  constructor(options?: RedactionOptions) {
    this.#policy = resolvePolicy('LlmRedactionSpanProcessor', options);
  }

  onStart(): void {}

  onEnding(span: ReadableSpan): void {
    if (this.#redact(span)) this.#snapshot.take(span);
  }

  /** Redacts again, for what a later processor's `onEnding` added. On SDKs before 2.3, this is the first time. */
  onEnd(span: ReadableSpan): void {
    if (!this.#snapshot.isOf(span)) this.#redact(span);
  }

  /** What was done since construction. */
  stats(): RedactionStats {
    return { ...this.#stats };
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  /** @returns whether the span is now redacted, and checking that again would take as long as redacting it did */
  #redact(span: ReadableSpan): boolean {
    const flags = firstLook(span, this.#policy);
    const redaction =
      flags === undefined ? redactSharedParts(span, this.#policy) : redactFlagged(span, flags, this.#policy);
    if (redaction === undefined) return flags !== undefined;
    const { removed, masked, failed } = redaction.tally;
    if (failed > 0) this.#reporter.warnOnce(UNREADABLE_VALUE);
    if (!writeParts(span, redaction)) {
      this.#stats.unchangeable += 1;
      this.#policy.metrics?.record(redaction.tally, 'unchangeable');
      this.#reporter.errorOnce(
        'a span is frozen and keeps its content: wrap the exporter in redactingSpanExporter',
      );
      return false;
    }
    this.#policy.metrics?.record(redaction.tally, 'redacted');
    this.#stats.spans += 1;
    this.#stats.removed += removed;
    this.#stats.masked += masked;
    this.#stats.failed += failed;
    return redaction.isStillFlagged;
  }
}
