import type { SpanLimits } from '@opentelemetry/sdk-trace';
import type { EnvironmentReader } from './environment-reader.js';

/**
 * The variables of each limit, the one that takes precedence first: those of the specification, and the names that
 * OpenTelemetry's SDK for Node.js has for two of them. `@opentelemetry/sdk-trace` itself reads no variables.
 */
const VARIABLES: { readonly [Limit in keyof Required<SpanLimits>]: readonly string[] } = {
  attributeCountLimit: ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_COUNT_LIMIT'],
  attributeValueLengthLimit: ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT'],
  eventCountLimit: ['OTEL_SPAN_EVENT_COUNT_LIMIT'],
  linkCountLimit: ['OTEL_SPAN_LINK_COUNT_LIMIT'],
  attributePerEventCountLimit: [
    'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT',
    'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT',
  ],
  attributePerLinkCountLimit: ['OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', 'OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT'],
};

/** The limits that are set; the SDK has defaults for the others. */
export function readSpanLimits(reader: EnvironmentReader): SpanLimits {
  const limits: [string, number][] = [];
  for (const [limit, variables] of Object.entries(VARIABLES)) {
    // The SDK would warn of each value that it can't cut to nothing.
    const minimum = limit === 'attributeValueLengthLimit' ? 1 : 0;
    const values = variables.map((variable) => reader.integer(variable, minimum));
    const value = values.find((each) => each !== undefined);
    if (value !== undefined) limits.push([limit, value]);
  }
  return Object.fromEntries(limits);
}
