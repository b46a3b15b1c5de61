import { load } from '../child/load.mjs';
import { otlpExporter, processorFor } from '../child/otlp.mjs';

const { LlmRedactionSpanProcessor, redactingSpanExporter } = load(
  '../../../packages/redaction-span-processor/dist/index.js',
);

/** For `--processors`: what they are told is in the module's URL. */
export default () => redactionWithControl(JSON.parse(new URL(import.meta.url).searchParams.get('config')));

/**
 * Redaction as an application registers it, and before it a control: it sends every span as it was before
 * anything was redacted, through the same exporter, and views of it through the same exporter wrapped.
 *
 * @param config - `{ control, views: [{ url, policy }] }`, the addresses of OTLP receivers
 */
export function redactionWithControl({ control, views }) {
  const destinations = [
    otlpExporter(control),
    ...views.map(({ url, policy }) => redactingSpanExporter(otlpExporter(url), policy)),
  ];
  return [new ControlProcessor(destinations.map(processorFor)), new LlmRedactionSpanProcessor()];
}

class ControlProcessor {
  #processors;
  #copies = new WeakMap();

  constructor(processors) {
    this.#processors = processors;
  }

  onStart() {}

  onEnding(span) {
    const { attributes, events, links, status } = span;
    const copy = structuredClone({ attributes, events, links, status });
    this.#copies.set(span, Object.assign(Object.create(span), copy));
  }

  onEnd(span) {
    for (const processor of this.#processors) processor.onEnd(this.#copies.get(span));
  }

  async forceFlush() {
    await Promise.all(this.#processors.map((processor) => processor.forceFlush()));
  }

  async shutdown() {}
}
