import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_TOKEN_TYPE,
} from '@llm-otel/semantic-conventions';
import type { Attributes, Histogram, MeterProvider } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { VERSION } from '../version.js';
import type { MeasuredCall } from './measured-call.js';
import { setServer } from './set-attributes.js';

/** Bucket boundaries that the conventions recommend: seconds, and tokens. */
const SECONDS = Array.from({ length: 14 }, (_, power) => 2 ** power / 100);
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** The client metrics of the OpenTelemetry GenAI conventions. */
export class CallMetrics {
  readonly #duration: Histogram;
  readonly #firstChunk: Histogram;
  readonly #tokens: Histogram;

  constructor(meterProvider: MeterProvider) {
    const meter = meterProvider.getMeter('@llm-otel/tracing', VERSION);
    const seconds = { unit: 's', advice: { explicitBucketBoundaries: SECONDS } };
    this.#duration = meter.createHistogram('gen_ai.client.operation.duration', {
      description: 'GenAI operation duration.',
      ...seconds,
    });
    this.#firstChunk = meter.createHistogram('gen_ai.client.operation.time_to_first_chunk', {
      description: 'Time to receive the first chunk of a streamed response.',
      ...seconds,
    });
    this.#tokens = meter.createHistogram('gen_ai.client.token.usage', {
      description: 'Number of input and output tokens used.',
      unit: '{token}',
      advice: { explicitBucketBoundaries: TOKENS },
    });
  }

  record(call: MeasuredCall): void {
    const attributes: Attributes = {
      [ATTR_GEN_AI_OPERATION_NAME]: call.operation,
      [ATTR_GEN_AI_PROVIDER_NAME]: call.provider,
    };
    setServer(attributes, call.server);
    if (call.requestModel !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = call.requestModel;
    if (call.responseModel !== undefined) attributes[ATTR_GEN_AI_RESPONSE_MODEL] = call.responseModel;
    if (call.firstChunkMillis !== undefined)
      this.#firstChunk.record(call.firstChunkMillis / 1000, attributes);
    // Tokens of failed calls are not recorded (semantic-conventions-genai#530).
    if (call.errorType === undefined) {
      this.#recordTokens(call.inputTokens, 'input', attributes);
      if (call.operation !== 'embeddings') this.#recordTokens(call.outputTokens, 'output', attributes);
    } else attributes[ATTR_ERROR_TYPE] = call.errorType;
    this.#duration.record(call.durationMillis / 1000, attributes);
  }

  #recordTokens(count: number | undefined, type: string, attributes: Attributes): void {
    if (count !== undefined) this.#tokens.record(count, { ...attributes, [ATTR_GEN_AI_TOKEN_TYPE]: type });
  }
}

const metricsOf = new WeakMap<MeterProvider, CallMetrics>();

/** The instruments of a meter provider, created once. */
export function callMetrics(meterProvider: MeterProvider): CallMetrics {
  let metrics = metricsOf.get(meterProvider);
  if (metrics === undefined) {
    metrics = new CallMetrics(meterProvider);
    metricsOf.set(meterProvider, metrics);
  }
  return metrics;
}
