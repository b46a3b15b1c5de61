import { ATTR_LLM_COST_STATUS, type LlmCall } from '@llm-otel/semantic-conventions';
import {
  type Attributes,
  type Baggage,
  type Context,
  type Counter,
  type Histogram,
  type MeterProvider,
  propagation,
} from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** Bucket boundaries that the GenAI conventions recommend for `gen_ai.client.token.usage`. */
const TOKEN_BOUNDARIES = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** Counts calls, their tokens and their cost. */
export class CostMetrics {
  readonly #tokens: Histogram | undefined;
  readonly #cost: Counter;
  readonly #pricedSpans: Counter;
  readonly #unpricedSpans: Counter;
  readonly #attributeKeys: readonly string[];
  /** The baggage is available only when a span starts. */
  readonly #baggageOf = new WeakMap<ReadableSpan, Baggage>();

  constructor(meterProvider: MeterProvider, countsTokens: boolean, attributeKeys: readonly string[]) {
    const meter = meterProvider.getMeter('@llm-otel/cost-span-processor');
    this.#attributeKeys = attributeKeys;
    if (countsTokens)
      this.#tokens = meter.createHistogram('gen_ai.client.token.usage', {
        description: 'Number of input and output tokens used',
        unit: '{token}',
        advice: { explicitBucketBoundaries: TOKEN_BOUNDARIES },
      });
    this.#cost = meter.createCounter('llm.cost', { description: 'Cost of LLM calls', unit: 'USD' });
    this.#pricedSpans = meter.createCounter('llm.cost.priced_spans', {
      description: 'Spans of LLM calls with a cost',
      unit: '{span}',
    });
    this.#unpricedSpans = meter.createCounter('llm.cost.unpriced_spans', {
      description: 'Spans of LLM calls without a cost, by reason',
      unit: '{span}',
    });
  }

  spanStarts(span: ReadableSpan, context: Context): void {
    if (this.#attributeKeys.length === 0) return;
    const baggage = propagation.getBaggage(context);
    if (baggage !== undefined) this.#baggageOf.set(span, baggage);
  }

  /**
   * @param costUsd - `undefined` if there is no cost
   * @param status - the value of `llm.cost.status`
   */
  record(span: ReadableSpan, call: LlmCall, costUsd: number | undefined, status: string | undefined): void {
    const attributes = this.#attributesOf(span, call);
    if (costUsd === undefined) {
      if (status !== undefined) this.#unpricedSpans.add(1, { ...attributes, [ATTR_LLM_COST_STATUS]: status });
    } else {
      this.#pricedSpans.add(1, attributes);
      this.#cost.add(costUsd, attributes);
    }
    if (this.#tokens === undefined || call.usage === undefined || status === 'counted_in_child') return;
    const { inputTokens, outputTokens } = call.usage;
    this.#tokens.record(inputTokens, { ...attributes, 'gen_ai.token.type': 'input' });
    if (call.kind !== 'embedding')
      this.#tokens.record(outputTokens, { ...attributes, 'gen_ai.token.type': 'output' });
  }

  #attributesOf(span: ReadableSpan, { provider, model, kind }: LlmCall): Attributes {
    const attributes: Attributes = {
      'gen_ai.operation.name': kind === 'embedding' ? 'embeddings' : 'chat',
    };
    if (provider !== undefined) attributes['gen_ai.provider.name'] = provider;
    if (model !== undefined) attributes['gen_ai.request.model'] = model;
    const baggage = this.#baggageOf.get(span);
    for (const key of this.#attributeKeys) {
      const value = span.attributes[key] ?? baggage?.getEntry(key)?.value;
      if (value !== undefined) attributes[key] = value;
    }
    return attributes;
  }
}
