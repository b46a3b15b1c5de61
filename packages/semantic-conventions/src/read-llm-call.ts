import { completeDialect, type DialectEntry } from './complete-dialect.js';
import type { InexactCounts } from './dialect.js';
import { dialects } from './dialects/index.js';
import { DialectsOfSpan } from './dialects-of-span.js';
import type { LlmCall, LlmCallKind, LlmCallWarning, LlmSpanLike, LlmUsage } from './llm-call.js';
import { type NarrowedDialect, NO_CALL } from './narrowed-dialect.js';
import { readCost, readFlag, readString, readTimeToFirstChunk } from './read-fact.js';
import { isAnthropic, readUsage } from './read-usage.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads LLM calls from spans, in the dialects that are built in and in dialects of your own. */
export class LlmCallReader {
  readonly #dialects: DialectsOfSpan;

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
    const spoken = this.#dialects.of(span);
    return spoken.length === 0 ? undefined : readCall(span, spoken);
  }

  /** The kind of the call alone: a third of the work, for spans that only start. */
  readKind(span: LlmSpanLike): LlmCallKind | undefined {
    const spoken = this.#dialects.of(span);
    if (spoken.length === 0) return undefined;
    for (const dialect of spoken) {
      const kind = kindIn(dialect, span.attributes);
      if (kind !== undefined) return kind === NO_CALL ? undefined : kind;
    }
    return 'inference';
  }
}

const builtIn = new LlmCallReader();

/** {@link LlmCallReader.read} of a reader that knows the built-in dialects. */
export function readLlmCall(span: LlmSpanLike): LlmCall | undefined {
  return builtIn.read(span);
}

function readCall(span: LlmSpanLike, spoken: readonly NarrowedDialect[]): LlmCall | undefined {
  const { attributes } = span;
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
      const known = kindIn(candidate, attributes);
      if (known === NO_CALL) return undefined;
      kind = known;
    }
    dialect ??= candidate;
    model ??= readString(attributes, candidate.model);
    provider ??= readString(attributes, candidate.provider);
    serviceTier ??= readString(attributes, candidate.serviceTier);
    costUsd ??= readCost(attributes, candidate.cost);
    streaming ??= readFlag(attributes, candidate.streaming);
    if (candidate.timeToFirstChunk.length > 0) {
      timeToFirstChunkMillis ??= readTimeToFirstChunk(span, candidate.timeToFirstChunk);
      streaming ??= true;
    }
    if (usage === undefined) {
      usage = readUsage(attributes, candidate, kind, provider, warnings);
      if (usage !== undefined) dialect = candidate;
    }
  }

  if (dialect === undefined) return undefined;
  const call: Mutable<LlmCall> = { dialect: dialect.id, kind: kind ?? 'inference' };
  if (provider !== undefined) call.provider = provider;
  if (model !== undefined) call.model = model;
  if (usage !== undefined) call.usage = usage;
  if (serviceTier !== undefined) call.serviceTier = serviceTier;
  if (costUsd !== undefined) call.costUsd = costUsd;
  if (streaming !== undefined) call.streaming = streaming;
  if (timeToFirstChunkMillis !== undefined) call.timeToFirstChunkMillis = timeToFirstChunkMillis;
  const { inexact = [] } = dialect;
  for (const rule of inexact)
    if (usage !== undefined && applies(rule, call, attributes)) warnings.push('inexact_token_counts');
  if (warnings.length > 0) call.warnings = [...new Set(warnings)];
  return call;
}

function kindIn(
  { operationKeys, kinds }: NarrowedDialect,
  attributes: LlmSpanLike['attributes'],
): LlmCallKind | typeof NO_CALL | undefined {
  const operation = readString(attributes, operationKeys);
  return operation === undefined ? undefined : kinds.get(operation);
}

function applies(
  { provider, streamed, where }: InexactCounts,
  call: LlmCall,
  attributes: LlmSpanLike['attributes'],
): boolean {
  if (provider === 'anthropic' && !isAnthropic(call.provider)) return false;
  if (streamed === true && call.streaming !== true) return false;
  return where === undefined || attributes[where.attribute] === where.value;
}
