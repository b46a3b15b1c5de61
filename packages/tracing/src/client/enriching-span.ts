import {
  type Attributes,
  type AttributeValue,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { activeCall } from './active-call.js';
import type { ClientCall } from './client-call.js';

/**
 * What a client gets instead of its own span for a call that we trace: what it records goes to our span of the call,
 * whose name, outcome and end we determine.
 *
 * The call is the one that is active when this span is first used, not when it is created: Anthropic's `stream()` creates
 * its span before it calls `create()`, where the call begins.
 */
export class EnrichingSpan implements Span {
  #call: ClientCall | undefined;
  #attributes: Attributes | undefined;
  #ended = false;

  constructor(attributes: Attributes | undefined) {
    this.#attributes = attributes;
  }

  spanContext(): SpanContext {
    return this.#callNow()?.span.spanContext ?? INVALID_SPAN_CONTEXT;
  }

  isRecording(): boolean {
    return !this.#ended && (this.#callNow()?.span.isRecording ?? true);
  }

  setAttribute(key: string, value: AttributeValue): this {
    return this.setAttributes({ [key]: value });
  }

  setAttributes(attributes: Attributes): this {
    const call = this.#callNow();
    if (call === undefined) this.#attributes = { ...this.#attributes, ...attributes };
    else call.span.enrich(attributes);
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  /** Not recorded: the message may quote the prompt. */
  recordException(): void {}

  end(): void {
    this.#callNow();
    this.#ended = true;
  }

  #callNow(): ClientCall | undefined {
    if (this.#call === undefined) {
      this.#call = activeCall();
      if (this.#call !== undefined && this.#attributes !== undefined)
        this.#call.span.enrich(this.#attributes);
    }
    return this.#call;
  }
}
