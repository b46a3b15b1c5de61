import { completeDialect, type DialectEntry } from './complete-dialect.js';
import { dialects } from './dialects/index.js';
import { DialectsOfSpan } from './dialects-of-span.js';
import type { LlmCall, LlmCallKind, LlmCallWarning, LlmSpanLike, LlmUsage } from './llm-call.js';
import { type Inexact, type NarrowedDialect, NO_CALL } from './narrowed-dialect.js';
import { readCost, readFlag, readString, readTier, readTimeToFirstChunk, type Values } from './read-fact.js';
import { isAnthropic, readUsage } from './read-usage.js';

/** Reads LLM calls from spans, in the dialects that are built in and in dialects of your own. */
export class LlmCallReader {
  readonly #dialects: DialectsOfSpan;
  /** Of the span that is being read; kept, since a new list for each span would cost more than all the rest. */
  readonly #values: unknown[] = [];

  /**
   * @param entries - dialects of your own; they go before the ones that are built in
   * @throws TypeError when an entry lacks its id or its markers, or has a key that no dialect has
   */
  constructor(entries: readonly DialectEntry[] = []) {
    this.#dialects = new DialectsOfSpan([...entries.map(completeDialect), ...dialects]);
  }

  /**
   * Reads the LLM call that a span tells of, in whichever dialect it is written.
   *
   * Model and provider come from the first dialect that the span speaks and that names them; the token
   * counts come from one dialect only, since they may mean different things in two.
   *
   * @param span - anything with attributes; a `ReadableSpan` of any SDK will do. It is not changed.
   * @returns the call, or `undefined` when the span is none (a tool, a retrieval, an HTTP request).
   */
  read(span: LlmSpanLike): LlmCall | undefined {
    const values = this.#values;
    const spoken = this.#dialects.of(span, values);
    return spoken.length === 0 ? undefined : readCall(span, spoken, values);
  }

  /** The kind of the call alone: a third of the work, for spans that only start. */
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

/** Made when it is first asked: those who have a reader of their own need none. */
let builtIn: LlmCallReader | undefined;

/** {@link LlmCallReader.read} of a reader that knows the built-in dialects. */
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
  if (serviceTier !== undefined) call.serviceTier = serviceTier;
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
  declare serviceTier?: string;
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

/** Of dialects that don't know the operation: whether there is any. Without all that calls have, it is no call, but a framework's own. */
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
