import {
  type Attributes,
  type Context,
  INVALID_SPAN_CONTEXT,
  type Span,
  SpanKind,
  type SpanOptions,
  trace,
} from '@opentelemetry/api';
import type { LlmRequestInfo } from '../llm-call-recorder.js';
import { reporter } from '../reporter.js';
import { asString } from '../unknown-values.js';
import type { LlmCallIdentity } from './llm-call-identity.js';
import { setIdentity, setRequest } from './set-attributes.js';

/**
 * The span has all attributes of the request from its start, for samplers. With a broken tracer, it is one that records
 * nothing.
 */
export function startCallSpan(
  identity: LlmCallIdentity,
  request: LlmRequestInfo,
  parent: Context,
  details: Attributes | undefined,
  startTime: number | undefined,
): Span {
  try {
    const { telemetry, operation } = identity;
    const attributes: Attributes = details ?? {};
    setIdentity(attributes, identity);
    setRequest(attributes, request, identity);
    const options: SpanOptions = { kind: SpanKind.CLIENT, attributes };
    if (startTime !== undefined) options.startTime = startTime;
    const model = asString(request.model);
    const name = model === undefined ? operation : `${operation} ${model}`;
    return telemetry.tracer().startSpan(name, options, parent);
  } catch (error) {
    reporter.errorOnce('a span could not be started', error);
    return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  }
}
