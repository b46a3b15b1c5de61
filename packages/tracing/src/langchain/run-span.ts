import { ATTR_GEN_AI_OPERATION_NAME } from '@llm-otel/semantic-conventions';
import {
  type Attributes,
  type AttributeValue,
  type Context,
  INVALID_SPAN_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { classifyError } from '../errors/classify-error.js';
import { guard } from '../reporter.js';
import type { Telemetry } from '../telemetry.js';
import { causeOfAbort } from './cause-of-abort.js';
import { leavesGraph } from './leaves-graph.js';

/** What a run is that calls no model itself. */
export interface RunKind {
  /** As `gen_ai.operation.name` has it; absent for a step that the conventions have no name for. */
  readonly operation?: 'invoke_agent' | 'invoke_workflow' | 'execute_tool' | 'retrieval';
  readonly name: string;
  /** Whether it is a graph of LangGraph. */
  readonly isGraph?: boolean;
  /** Names of the GenAI conventions, written with that convention only. */
  readonly attributes: Readonly<Record<string, AttributeValue | undefined>>;
  /** What it was given, written where content is captured. */
  readonly content?: Readonly<Record<string, unknown>>;
}

/**
 * The span of a chain, an agent, a tool or a retriever. It has no `llm.*` attributes: these would make it pass
 * for a call of a model.
 */
export class RunSpan {
  readonly context: Context;
  readonly isGraph: boolean;
  readonly #span: Span;
  readonly #telemetry: Telemetry;
  #childCause: unknown;
  #ended = false;

  constructor(telemetry: Telemetry, kind: RunKind, parent: Context) {
    this.#telemetry = telemetry;
    this.isGraph = kind.isGraph === true;
    this.#span =
      guard('a span could not be started', () => startSpan(telemetry, kind, parent)) ??
      trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    this.context = trace.setSpan(parent, this.#span);
    for (const [key, value] of Object.entries(kind.content ?? {})) this.setContent(key, value);
  }

  /** Writes content, where that is captured. */
  setContent(key: string, value: unknown): void {
    const { captureContent, conventions } = this.#telemetry;
    if (!captureContent || !conventions.genAi || value === undefined) return;
    guard('content could not be recorded', () => {
      this.#span.setAttribute(key, typeof value === 'string' ? value : JSON.stringify(value));
    });
  }

  /** @param endedAt - on the clock of `performance.now()`; default: now */
  end(endedAt?: number): void {
    if (this.#ended) return;
    this.#ended = true;
    guard('a span could not be ended', () => this.#span.end(endedAt));
  }

  /** A run below this one has failed, with the cause that its `fail` returned. */
  childFailed(cause: unknown): void {
    this.#childCause = cause;
  }

  /**
   * @param error - what the run threw, which may be `undefined`
   * @returns its cause, for the run above
   */
  fail(error: unknown): unknown {
    const cause = causeOfAbort(error, this.#childCause);
    guard('an error could not be recorded', () => {
      if (leavesGraph(cause)) return;
      const { type } = classifyError(cause);
      this.#span.setAttribute(ATTR_ERROR_TYPE, type);
      this.#span.setStatus({ code: SpanStatusCode.ERROR, message: type });
    });
    this.end();
    return cause;
  }

  endAbandoned(lastActivityAt: number): void {
    this.end(lastActivityAt);
  }
}

function startSpan(telemetry: Telemetry, { operation, name, attributes }: RunKind, parent: Context): Span {
  const written: Attributes = {};
  if (telemetry.conventions.genAi && operation !== undefined) {
    written[ATTR_GEN_AI_OPERATION_NAME] = operation;
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) written[key] = value;
  }
  const spanName = operation === undefined ? name : `${operation} ${name}`;
  const kind = operation === 'retrieval' ? SpanKind.CLIENT : SpanKind.INTERNAL;
  return telemetry.tracer().startSpan(spanName, { kind, attributes: written }, parent);
}
