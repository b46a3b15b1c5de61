import { load } from '../child/load.mjs';

const { LlmRedactionSpanProcessor } = load('../../../packages/redaction-span-processor/dist/index.js');

/** For `--processors`: the policy and the address of the control are in the module's URL. */
export default () => {
  const { searchParams } = new URL(import.meta.url);
  return redactionWithControl(JSON.parse(searchParams.get('policy')), searchParams.get('control'));
};

/**
 * Redaction as an application registers it, and before it a control: it sends every span as it was before
 * anything was redacted, through the same exporter.
 */
export function redactionWithControl(policy, controlUrl) {
  return [new ControlProcessor(otlpProcessor(controlUrl)), new LlmRedactionSpanProcessor(policy)];
}

export function otlpProcessor(url) {
  const { SimpleSpanProcessor } = load('@opentelemetry/sdk-trace-base');
  const { OTLPTraceExporter } = load('@opentelemetry/exporter-trace-otlp-proto');
  return new SimpleSpanProcessor(new OTLPTraceExporter({ url }));
}

class ControlProcessor {
  #processor;
  #copies = new WeakMap();

  constructor(processor) {
    this.#processor = processor;
  }

  onStart() {}

  onEnding(span) {
    const { attributes, events, links, status } = span;
    const copy = structuredClone({ attributes, events, links, status });
    this.#copies.set(span, Object.assign(Object.create(span), copy));
  }

  onEnd(span) {
    this.#processor.onEnd(this.#copies.get(span));
  }

  forceFlush() {
    return this.#processor.forceFlush();
  }

  shutdown() {
    return this.#processor.shutdown();
  }
}
