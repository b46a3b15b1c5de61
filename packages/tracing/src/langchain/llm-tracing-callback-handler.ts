import {
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
} from '@llm-otel/semantic-conventions';
import type { Context } from '@opentelemetry/api';
import { LlmCallSpan } from '../call/llm-call-span.js';
import { promptMessages } from '../content/message-parts.js';
import type { LlmRequestInfo } from '../llm-call-recorder.js';
import { guard } from '../reporter.js';
import { asArray, field } from '../unknown-values.js';
import { langChainMessage } from './langchain-message.js';
import { leavesGraph } from './leaves-graph.js';
import { LlmRun } from './llm-run.js';
import type { ModelRun } from './model-run-scope.js';
import { OpenRuns } from './open-runs.js';
import { type LlmTracingCallbackHandlerOptions, resolveOptions } from './options.js';
import { readDetails, readMessages, readProvider, readRequest } from './read-llm-run.js';
import { chainKind, retrieverKind, toolKind } from './run-kinds.js';
import { type RunKind, RunSpan } from './run-span.js';

/** What LangChain passes at the start of a call, apart from the prompt. */
interface ModelStart {
  readonly model: unknown;
  readonly extraParams: unknown;
  readonly metadata: unknown;
}

/**
 * Traces the runs of LangChain.js (`@langchain/core` 1.x): `model.invoke(input, { callbacks: [handler] })`. Model calls
 * have the same spans as with `traceLlmCall`. Chains, agents, tools and retrievers have spans around them, nested by
 * LangChain's run ids. The parent of a root run is the span that is active where the run starts.
 *
 * One handler serves any number of concurrent runs. It never throws into LangChain.
 */
export class LlmTracingCallbackHandler {
  /** LangChain uses an object with a name as it is, and treats one without as a collection of functions. */
  readonly name = 'llm_otel_tracing';
  /** Callbacks run within the run and not later from a queue, for correct times and the active span. */
  readonly awaitHandlers = true;
  readonly raiseError = false;
  readonly ignoreLLM = false;
  readonly ignoreChain = false;
  readonly ignoreAgent = false;
  readonly ignoreRetriever = false;
  readonly ignoreCustomEvent = true;
  readonly #telemetry;
  readonly #runs: OpenRuns<RunSpan | LlmRun>;
  /** By what runs that are started together have in common: those for which no client has made a call yet. */
  readonly #waiting = new WeakMap<object, ModelRun[]>();

  /** @throws TypeError if an option is unknown or of the wrong type */
  constructor(options: LlmTracingCallbackHandlerOptions = {}) {
    const { telemetry, maxOpenRuns } = resolveOptions(options);
    this.#telemetry = telemetry;
    this.#runs = new OpenRuns(maxOpenRuns);
  }

  handleChatModelStart(
    model: unknown,
    messages: readonly (readonly unknown[])[],
    runId: string,
    parentRunId?: string,
    extraParams?: unknown,
    tags?: unknown,
    metadata?: unknown,
  ): void {
    this.#start(runId, parentRunId, tags, (parent) => {
      const prompt = asArray(messages[0]);
      const content = this.#telemetry.captureContent && { inputMessages: prompt.map(langChainMessage) };
      const request = { ...readRequest(extraParams, metadata), ...readMessages(prompt), ...content };
      return this.#openCall('chat', request, parent, { model, extraParams, metadata });
    });
  }

  handleLLMStart(
    model: unknown,
    prompts: readonly string[],
    runId: string,
    parentRunId?: string,
    extraParams?: unknown,
    tags?: unknown,
    metadata?: unknown,
  ): void {
    this.#start(runId, parentRunId, tags, (parent) => {
      const content = this.#telemetry.captureContent && { inputMessages: promptMessages(prompts) };
      const request = { ...readRequest(extraParams, metadata), messageCount: prompts.length, ...content };
      return this.#openCall('text_completion', request, parent, { model, extraParams, metadata });
    });
  }

  handleLLMNewToken(
    token: unknown,
    _index: unknown,
    runId: string,
    _parentRunId?: string,
    _tags?: unknown,
    fields?: unknown,
  ): void {
    const run = this.#runs.get(runId);
    if (run instanceof LlmRun)
      guard('a LangChain token could not be recorded', () => run.token(token, fields));
  }

  handleChatModelStreamEvent(event: unknown, runId: string): void {
    const run = this.#runs.get(runId);
    if (run instanceof LlmRun) guard('a LangChain event could not be recorded', () => run.event(event));
  }

  handleLLMEnd(
    output: unknown,
    runId: string,
    _parentRunId?: string,
    _tags?: unknown,
    extraParams?: unknown,
  ): void {
    const run = this.#runs.take(runId);
    if (run instanceof LlmRun) run.end(output, field(extraParams, 'cached') === true);
  }

  handleLLMError(error: unknown, runId: string, parentRunId?: string): void {
    this.#fail(runId, error, parentRunId);
  }

  handleChainStart(
    chain: unknown,
    _inputs: unknown,
    runId: string,
    parentRunId?: string,
    tags?: unknown,
    metadata?: unknown,
    _runType?: unknown,
    runName?: unknown,
  ): void {
    this.#startRun(runId, parentRunId, tags, () => chainKind(chain, metadata, runName, parentRunId));
  }

  handleChainEnd(_outputs: unknown, runId: string): void {
    this.#end(runId);
  }

  handleChainError(error: unknown, runId: string, parentRunId?: string): void {
    this.#fail(runId, error, parentRunId);
  }

  handleToolStart(
    tool: unknown,
    input: unknown,
    runId: string,
    parentRunId?: string,
    tags?: unknown,
    _metadata?: unknown,
    runName?: unknown,
    toolCallId?: unknown,
  ): void {
    this.#startRun(runId, parentRunId, tags, () => toolKind(tool, runName, toolCallId, input));
  }

  handleToolEnd(output: unknown, runId: string): void {
    this.#setContent(runId, ATTR_GEN_AI_TOOL_CALL_RESULT, field(output, 'content') ?? output);
    this.#end(runId);
  }

  handleToolError(error: unknown, runId: string, parentRunId?: string): void {
    this.#fail(runId, error, parentRunId);
  }

  handleRetrieverStart(
    retriever: unknown,
    query: unknown,
    runId: string,
    parentRunId?: string,
    tags?: unknown,
    _metadata?: unknown,
    runName?: unknown,
  ): void {
    this.#startRun(runId, parentRunId, tags, () => retrieverKind(retriever, runName, query));
  }

  handleRetrieverEnd(documents: unknown, runId: string): void {
    this.#setContent(runId, ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, documents);
    this.#end(runId);
  }

  handleRetrieverError(error: unknown, runId: string, parentRunId?: string): void {
    this.#fail(runId, error, parentRunId);
  }

  #openCall(
    operation: string,
    request: LlmRequestInfo,
    parent: Context,
    { model, extraParams, metadata }: ModelStart,
  ): LlmRun {
    const provider = readProvider(model, metadata);
    const identity = { telemetry: this.#telemetry, provider, operation, hidesAttempts: true };
    const details = this.#telemetry.conventions.genAi ? readDetails(extraParams, metadata) : undefined;
    const span = new LlmCallSpan(identity, request, parent, details);
    const run = new LlmRun(span, identity, field(field(extraParams, 'options'), 'signal'));
    run.enter(this.#waitingRuns(extraParams));
    return run;
  }

  /** LangChain passes the same parameters for each prompt of one `generate()`. */
  #waitingRuns(extraParams: unknown): ModelRun[] {
    const key = Object(extraParams);
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, waiting);
    return waiting;
  }

  #startRun(runId: string, parentRunId: string | undefined, tags: unknown, kindOf: () => RunKind): void {
    this.#start(runId, parentRunId, tags, (parent) => new RunSpan(this.#telemetry, kindOf(), parent));
  }

  #start(
    runId: string,
    parentRunId: string | undefined,
    tags: unknown,
    open: (parent: Context) => RunSpan | LlmRun,
  ): void {
    guard('a LangChain run could not be traced', () => {
      // An older core notifies a handler twice if both the model's and the call's configuration contain it.
      if (this.#runs.has(runId, tags)) return;
      this.#runs.add(runId, parentRunId, open(this.#runs.parentContext(parentRunId)), tags);
    });
  }

  #setContent(runId: string, key: string, value: unknown): void {
    const run = this.#runs.get(runId);
    if (run instanceof RunSpan) run.setContent(key, value);
  }

  #end(runId: string): void {
    const run = this.#runs.take(runId);
    if (run instanceof RunSpan) run.end();
  }

  #fail(runId: string, error: unknown, parentRunId: string | undefined): void {
    const run = this.#runs.take(runId);
    // LangGraph interrupts a graph, to ask a human or to go on elsewhere, by throwing.
    if (run instanceof RunSpan && field(error, 'is_bubble_up') === true) run.end();
    else if (run !== undefined) this.#childFailed(parentRunId, run.fail(error));
  }

  /** A run below this one has failed. LangGraph may report no end of a graph whose stream was left. */
  #childFailed(runId: string | undefined, cause: unknown): void {
    const run = runId === undefined ? undefined : this.#runs.get(runId);
    // What other runs throw is what ended them. A graph throws an error of its own, and may go on after a step has failed.
    if (runId === undefined || !(run instanceof RunSpan && run.isGraph)) return;
    run.childFailed(cause);
    if (leavesGraph(cause)) this.#end(runId);
  }
}
