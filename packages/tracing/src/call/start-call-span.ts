import { type Attributes, type Context, type Span, SpanKind, type SpanOptions } from '@opentelemetry/api';
import type { LlmRequestInfo } from '../llm-call-recorder.js';
import type { Telemetry } from '../telemetry.js';
import { asString } from '../unknown-values.js';
import { setIdentity, setRequest } from './set-attributes.js';

/** What is known about an LLM call before it is made. */
export interface LlmCallIdentity {
  readonly telemetry: Telemetry;
  readonly provider: string;
  /** The vendor whose API the provider speaks, if it is known: `openai`, `anthropic`. */
  readonly vendor?: string | undefined;
  readonly operation: string;
  /** Whether attempts may go unseen: then the number of retries is unknown until one is seen. */
  readonly hidesAttempts?: boolean;
  /** Absent if the client does not reveal it. */
  readonly server?: ServerAddress | undefined;
}

/** The server to which requests go. */
export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}

/** The span has all attributes of the request from its start, for samplers. */
export function startCallSpan(
  identity: LlmCallIdentity,
  request: LlmRequestInfo,
  parent: Context,
  startTime: number | undefined,
  details: Attributes | undefined,
): Span {
  const { telemetry, operation } = identity;
  const attributes: Attributes = details ?? {};
  setIdentity(attributes, identity);
  setRequest(attributes, request, identity);
  const options: SpanOptions = { kind: SpanKind.CLIENT, attributes };
  if (startTime !== undefined) options.startTime = startTime;
  const model = asString(request.model);
  const name = model === undefined ? operation : `${operation} ${model}`;
  return telemetry.tracer().startSpan(name, options, parent);
}
