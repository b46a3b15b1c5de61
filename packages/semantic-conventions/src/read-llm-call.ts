import type { AttributeKeys, Dialect } from './dialect.js';
import type { LlmCall, LlmCallKind, LlmCallWarning, LlmSpanLike, LlmUsage } from './llm-call.js';
import { spokenDialects } from './spoken-dialects.js';
import { toTokenCount } from './token-count.js';

type Attributes = LlmSpanLike['attributes'];
type Warnings = LlmCallWarning[];
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
  const { attributes } = span;
  const spoken = spokenDialects(attributes);
  if (spoken.length === 0) return undefined;
  let dialect: Dialect | undefined;
  let kind: LlmCallKind | undefined;
  let model: string | undefined;
  let provider: string | undefined;
  let serviceTier: string | undefined;
  let costUsd: number | undefined;
  let usage: LlmUsage | undefined;
  const warnings: Warnings = [];

  for (const candidate of spoken) {
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
      usage = readUsage(attributes, candidate, kind, warnings);
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
  if (warnings.length > 0) call.warnings = [...new Set(warnings)];
  return call;
}

function readUsage(
  attributes: Attributes,
  { usage: keys, inputIncludesCached }: Dialect,
  kind: LlmCallKind | undefined,
  warnings: Warnings,
): LlmUsage | undefined {
  const total = readCount(attributes, keys.total, warnings);
  let input = readCount(attributes, keys.inputTokens, warnings);
  let output = readCount(attributes, keys.outputTokens, warnings);
  // Two of the three numbers give the third; an embedding has no output.
  if (input === undefined && output !== undefined && total !== undefined && total >= output)
    input = total - output;
  if (output === undefined && input !== undefined) {
    if (total !== undefined && total >= input) output = total - input;
    else if (kind === 'embedding') output = 0;
  }
  if (input === undefined || output === undefined) return undefined;

  const cacheRead = readCount(attributes, keys.cacheReadTokens, warnings);
  const cacheWrite1h = readCount(attributes, keys.cacheWrite1hTokens, warnings);
  const cacheWrite = readCount(attributes, keys.cacheWriteTokens, warnings) ?? cacheWrite1h;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  if (inputIncludesCached === 'no' || cached > input) {
    // More cached than input tokens proves that the count leaves the cached ones out, whatever the dialect says.
    input += cached;
  } else if (cached > 0 && inputIncludesCached === 'unknown') {
    warnings.push('ambiguous_cache_tokens');
  }

  const usage: Mutable<LlmUsage> = { inputTokens: input, outputTokens: output };
  if (cacheRead !== undefined) usage.cacheReadTokens = cacheRead;
  if (cacheWrite !== undefined) usage.cacheWriteTokens = cacheWrite;
  if (cacheWrite1h !== undefined && cacheWrite !== undefined)
    usage.cacheWrite1hTokens = Math.min(cacheWrite1h, cacheWrite);
  const reasoning = readPart(attributes, keys.reasoningTokens, output, warnings);
  if (reasoning !== undefined) usage.reasoningTokens = reasoning;
  const inputAudio = readPart(attributes, keys.inputAudioTokens, input, warnings);
  if (inputAudio !== undefined) usage.inputAudioTokens = inputAudio;
  const outputAudio = readPart(attributes, keys.outputAudioTokens, output, warnings);
  if (outputAudio !== undefined) usage.outputAudioTokens = outputAudio;
  return usage;
}

/** A count of what another count includes; one that is larger than its whole is left out. */
function readPart(
  attributes: Attributes,
  keys: AttributeKeys,
  whole: number,
  warnings: Warnings,
): number | undefined {
  const count = readCount(attributes, keys, warnings);
  if (count === undefined || count <= whole) return count;
  warnings.push('contradictory_token_counts');
  return undefined;
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

function readCount(attributes: Attributes, keys: AttributeKeys, warnings: Warnings): number | undefined {
  for (const key of keys) {
    const value = attributes[key];
    if (value === undefined) continue;
    const count = toTokenCount(value);
    if (count !== undefined) return count;
    warnings.push('invalid_token_count');
  }
  return undefined;
}
