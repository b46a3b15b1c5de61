import { completeDialect, type DialectEntry } from './complete-dialect.js';
import type { AttributeKeys, Dialect } from './dialect.js';
import { dialects } from './dialects/index.js';
import type { LlmCall, LlmCallKind, LlmCallWarning, LlmSpanLike, LlmUsage } from './llm-call.js';
import { readUsage } from './read-usage.js';
import { SpokenDialects } from './spoken-dialects.js';

type Attributes = LlmSpanLike['attributes'];
const builtIn = new SpokenDialects(dialects);

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Reads the LLM call that a span tells of, in whichever dialect it is written.
 *
 * Model and provider come from the first dialect that the span speaks and that names them; the token
 * counts come from one dialect only, since they may mean different things in two.
 *
 * @param span - anything with attributes; a `ReadableSpan` of any SDK will do. It is not changed.
 * @returns the call, or `undefined` when the span is none (a tool, a retrieval, an HTTP request).
 */
export function readLlmCall(span: LlmSpanLike): LlmCall | undefined {
  return readCall(span, builtIn);
}

/**
 * A `readLlmCall` that understands further dialects, which go before the ones built in.
 *
 * @throws TypeError when an entry lacks its id or its markers, or has a key that no dialect has
 */
export function createLlmCallReader(
  entries: readonly DialectEntry[],
): (span: LlmSpanLike) => LlmCall | undefined {
  const spoken = new SpokenDialects([...entries.map(completeDialect), ...dialects]);
  return (span) => readCall(span, spoken);
}

function readCall(span: LlmSpanLike, dialectsOf: SpokenDialects): LlmCall | undefined {
  const { attributes } = span;
  const spoken = dialectsOf.of(attributes);
  if (spoken.length === 0) return undefined;
  let dialect: Dialect | undefined;
  let kind: LlmCallKind | undefined;
  let model: string | undefined;
  let provider: string | undefined;
  let serviceTier: string | undefined;
  let costUsd: number | undefined;
  let usage: LlmUsage | undefined;
  const warnings: LlmCallWarning[] = [];

  for (const candidate of spoken) {
    if (candidate.scopes !== undefined && !isFromScope(span, candidate.scopes)) continue;
    const operation = readString(attributes, candidate.operation.keys);
    if (operation !== undefined && Object.hasOwn(candidate.operation.kinds, operation)) {
      const known = candidate.operation.kinds[operation];
      if (known === undefined && kind === undefined) return undefined;
      kind ??= known;
    }
    dialect ??= candidate;
    model ??= readString(attributes, candidate.model);
    provider ??= readString(attributes, candidate.provider);
    serviceTier ??= readString(attributes, candidate.serviceTier);
    costUsd ??= readCost(attributes, candidate.cost);
    if (usage === undefined) {
      usage = readUsage(attributes, candidate, kind, provider, warnings);
      if (usage !== undefined) dialect = candidate;
    }
    if (candidate.isWhole === true) break;
  }

  if (dialect === undefined) return undefined;
  const call: Mutable<LlmCall> = { dialect: dialect.id, kind: kind ?? 'inference' };
  if (provider !== undefined) call.provider = provider;
  if (model !== undefined) call.model = model;
  if (usage !== undefined) call.usage = usage;
  if (serviceTier !== undefined) call.serviceTier = serviceTier;
  if (costUsd !== undefined) call.costUsd = costUsd;
  if (warnings.length > 0) call.warnings = [...new Set(warnings)];
  return call;
}

function readCost(attributes: Attributes, keys: Dialect['cost']): number | undefined {
  for (const { amount, currency } of keys) {
    const usd = attributes[amount];
    if (typeof usd !== 'number' || !(usd > 0) || usd === Number.POSITIVE_INFINITY) continue;
    if (currency === undefined || (attributes[currency] ?? 'USD') === 'USD') return usd;
  }
  return undefined;
}

function readString(attributes: Attributes, keys: AttributeKeys): string | undefined {
  for (const key of keys) {
    const value = attributes[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function isFromScope(
  { instrumentationScope, instrumentationLibrary }: LlmSpanLike,
  scopes: readonly string[],
): boolean {
  const name = (instrumentationScope ?? instrumentationLibrary)?.name;
  return typeof name === 'string' && scopes.some((scope) => name.startsWith(scope));
}
