import { completeDialect, type DialectEntry } from './complete-dialect.js';
import { dialects } from './dialects/index.js';
import { DialectsOfSpan } from './dialects-of-span.js';
import type { LlmCall, LlmCallKind, LlmCallWarning, LlmSpanLike, LlmUsage } from './llm-call.js';
import { type Inexact, type NarrowedDialect, NO_CALL } from './narrowed-dialect.js';
import {
  readCost,
  readFlag,
  readOtherString,
  readString,
  readTier,
  readTimeToFirstChunk,
  type Values,
} from './read-fact.js';
import { isAnthropic, readUsage } from './read-usage.js';

/** Reads LLM calls from spans, in the built-in dialects and in your own. */
export class LlmCallReader {
  readonly #dialects: DialectsOfSpan;
  /** Values of the span that is being read. Reused, because a new list for each span would cost more than all the rest. */
  readonly #values: unknown[] = [];

  /**
   * @param entries - your own dialects; they take precedence over the built-in ones
   * @throws TypeError if an entry has no id or no markers, or has an unknown key
   */
  constructor(entries: readonly DialectEntry[] = []) {
    this.#dialects = new DialectsOfSpan([...entries.map(completeDialect), ...dialects]);
  }

  /**
   * Reads the LLM call that a span describes, whatever its dialect.
   *
   * Model and provider come from the first of the span's dialects that has them. All token counts come from one
   * dialect, because they may have different meanings in two.
   *
   * @param span - any object with attributes, such as the `ReadableSpan` of any SDK. It is not changed.
   * @returns the call, or `undefined` if the span is not an LLM call (but a tool, a retrieval, an HTTP request)
   */
  read(span: LlmSpanLike): LlmCall | undefined {
    const values = this.#values;
    const spoken = this.#dialects.of(span, values);
    return spoken.length === 0 ? undefined : readCall(span, spoken, values);
  }

  /**
   * Reads only the kind of the call, which is a third of the work: for spans that have just started.
   *
   * @returns the kind, or `undefined` if the span is not an LLM call
   */
  readKind(span: LlmSpanLike): LlmCallKind | undefined {
    const spoken = this.#dialects.of(span, this.#values);
    if (spoken.length === 0) return undefined;
    for (const dialect of spoken) {
      const kind = kindIn(dialect, this.#values);
      if (kind !== undefined) return kind === NO_CALL ? undefined : kind;
    }
    return tellsUnknownOperation(spoken) && !tellsModel(spoken, this.#values) ? undefined : 'inference';
  }
}

/** Created on first use: an application with a reader of its own does not need it. */
let builtIn: LlmCallReader | undefined;

/**
 * Reads the LLM call that a span describes, in any of the built-in dialects. See {@link LlmCallReader.read}.
 *
 * @param span - any object with attributes, such as the `ReadableSpan` of any SDK. It is not changed.
 * @returns the call, or `undefined` if the span is not an LLM call
 */
export function readLlmCall(span: LlmSpanLike): LlmCall | undefined {
  builtIn ??= new LlmCallReader();
  return builtIn.read(span);
}

function readCall(
  span: LlmSpanLike,
  spoken: readonly NarrowedDialect[],
  values: Values,
): LlmCall | undefined {
  // The one that the token counts are read in, else the first.
  let dialect: NarrowedDialect | undefined;
  let kind: LlmCallKind | undefined;
  let model: string | undefined;
  let requestedModel: string | undefined;
  let provider: string | undefined;
  let serviceTier: string | undefined;
  let costUsd: number | undefined;
  let usage: LlmUsage | undefined;
  let streaming: boolean | undefined;
  let timeToFirstChunkMillis: number | undefined;
  const warnings: LlmCallWarning[] = [];

  for (const candidate of spoken) {
    if (kind === undefined) {
      const known = kindIn(candidate, values);
      if (known === NO_CALL) return undefined;
      kind = known;
    }
    dialect ??= candidate;
    model ??= candidate.model && readString(values, candidate.model);
    requestedModel ??= candidate.model && readOtherString(values, candidate.model, model);
    provider ??= candidate.provider && readString(values, candidate.provider);
    serviceTier ??= candidate.serviceTier && readTier(values, candidate.serviceTier);
    costUsd ??= candidate.cost && readCost(values, candidate.cost);
    streaming ??= candidate.streaming && readFlag(values, candidate.streaming);
    if (candidate.timeToFirstChunk !== undefined) {
      timeToFirstChunkMillis ??= readTimeToFirstChunk(values, candidate.timeToFirstChunk, span.startTime);
      streaming ??= true;
    }
    if (usage === undefined) {
      usage = readUsage(values, candidate, kind, provider, model, warnings);
      if (usage !== undefined) dialect = candidate;
    }
  }

  if (dialect === undefined) return undefined;
  if (kind === undefined && (model ?? usage ?? costUsd) === undefined && tellsUnknownOperation(spoken))
    return undefined;
  const call = new CallOfSpan(dialect.id, kind ?? 'inference', provider, model, usage, streaming);
  if (requestedModel !== undefined) call.requestedModel = requestedModel;
  if (serviceTier !== undefined) call.serviceTier = serviceTier;
  else if (dialect.untoldTier) call.isTierUntold = true;
  if (costUsd !== undefined) call.costUsd = costUsd;
  if (timeToFirstChunkMillis !== undefined) call.timeToFirstChunkMillis = timeToFirstChunkMillis;
  if (dialect.inexact?.some((rule) => usage !== undefined && applies(rule, call, values)))
    warnings.push('inexact_token_counts');
  if (warnings.length > 0) call.warnings = [...new Set(warnings)];
  return call;
}

/** A class, since its instances have room for what is added to them; those of an object literal grow by a list each. */
class CallOfSpan implements LlmCall {
  readonly dialect: string;
  readonly kind: LlmCallKind;
  declare readonly provider?: string;
  declare readonly model?: string;
  declare readonly usage?: LlmUsage;
  declare readonly streaming?: boolean;
  declare requestedModel?: string;
  declare serviceTier?: string;
  declare isTierUntold?: true;
  declare costUsd?: number;
  declare timeToFirstChunkMillis?: number;
  declare warnings?: readonly LlmCallWarning[];

  constructor(
    dialect: string,
    kind: LlmCallKind,
    provider: string | undefined,
    model: string | undefined,
    usage: LlmUsage | undefined,
    streaming: boolean | undefined,
  ) {
    this.dialect = dialect;
    this.kind = kind;
    if (provider !== undefined) this.provider = provider;
    if (model !== undefined) this.model = model;
    if (usage !== undefined) this.usage = usage;
    if (streaming !== undefined) this.streaming = streaming;
  }
}

function kindIn(
  { operation, kinds, kindOfNone }: NarrowedDialect,
  values: Values,
): LlmCallKind | typeof NO_CALL | undefined {
  const name = operation && readString(values, operation);
  return name === undefined ? kindOfNone : kinds.get(name);
}

/**
 * Given the dialects that don't know the span's operation: whether it has one. If it has nothing else that calls have,
 * it is a framework's own operation, and no call.
 */
function tellsUnknownOperation(spoken: readonly NarrowedDialect[]): boolean {
  return spoken.some(({ operation }) => operation !== undefined);
}

function tellsModel(spoken: readonly NarrowedDialect[], values: Values): boolean {
  return spoken.some(({ model }) => model !== undefined && readString(values, model) !== undefined);
}

function applies({ provider, streamed, where }: Inexact, call: LlmCall, values: Values): boolean {
  if (provider === 'anthropic' && !isAnthropic(call.provider)) return false;
  if (streamed === true && call.streaming !== true) return false;
  return where === undefined || values[where.slot] === where.value;
}
