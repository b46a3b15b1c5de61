import type { AttributeKeys, Dialect } from './dialect.js';
import { dialects as builtInDialects } from './dialects/index.js';
import type { LlmCall, LlmCallKind, LlmCallWarning, LlmSpanLike, LlmUsage } from './llm-call.js';
import { toTokenCount } from './token-count.js';

type Attributes = LlmSpanLike['attributes'];
type Warnings = Set<LlmCallWarning>;

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
  let dialect: Dialect | undefined;
  let kind: LlmCallKind | undefined;
  let model: string | undefined;
  let provider: string | undefined;
  let serviceTier: string | undefined;
  let usage: LlmUsage | undefined;
  let warnings: Warnings | undefined;

  for (const candidate of builtInDialects) {
    if (!speaks(attributes, candidate)) continue;
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
    if (usage === undefined) {
      warnings ??= new Set();
      usage = readUsage(attributes, candidate, kind, warnings);
      if (usage !== undefined) dialect = candidate;
    }
  }

  if (dialect === undefined) return undefined;
  return {
    dialect: dialect.id,
    kind: kind ?? 'inference',
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(usage !== undefined && { usage }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...(warnings !== undefined && warnings.size > 0 && { warnings: [...warnings] }),
  };
}

function speaks(attributes: Attributes, dialect: Dialect): boolean {
  for (const marker of dialect.markers) if (attributes[marker] !== undefined) return true;
  return false;
}

function readUsage(
  attributes: Attributes,
  dialect: Dialect,
  kind: LlmCallKind | undefined,
  warnings: Warnings,
): LlmUsage | undefined {
  const count = (keys: AttributeKeys) => readCount(attributes, keys, warnings);
  const total = count(dialect.usage.total);
  let input = count(dialect.usage.inputTokens);
  let output = count(dialect.usage.outputTokens);
  // Two of the three numbers give the third; an embedding has no output.
  if (input === undefined && output !== undefined && total !== undefined && total >= output)
    input = total - output;
  if (output === undefined && input !== undefined) {
    if (total !== undefined && total >= input) output = total - input;
    else if (kind === 'embedding') output = 0;
  }
  if (input === undefined || output === undefined) return undefined;

  const cacheRead = count(dialect.usage.cacheReadTokens);
  const cacheWrite1h = count(dialect.usage.cacheWrite1hTokens);
  const cacheWrite = count(dialect.usage.cacheWriteTokens) ?? cacheWrite1h;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  if (dialect.inputIncludesCached === 'no' || cached > input) {
    // More cached than input tokens proves that the count leaves the cached ones out, whatever the dialect says.
    input += cached;
  } else if (cached > 0 && dialect.inputIncludesCached === 'unknown') {
    warnings.add('ambiguous_cache_tokens');
  }

  const part = (keys: AttributeKeys, whole: number) => {
    const value = count(keys);
    if (value === undefined || value <= whole) return value;
    warnings.add('contradictory_token_counts');
    return undefined;
  };
  const reasoning = part(dialect.usage.reasoningTokens, output);
  const inputAudio = part(dialect.usage.inputAudioTokens, input);
  const outputAudio = part(dialect.usage.outputAudioTokens, output);
  const oneHour =
    cacheWrite1h !== undefined && cacheWrite !== undefined ? Math.min(cacheWrite1h, cacheWrite) : undefined;
  return {
    inputTokens: input,
    outputTokens: output,
    ...(cacheRead !== undefined && { cacheReadTokens: cacheRead }),
    ...(cacheWrite !== undefined && { cacheWriteTokens: cacheWrite }),
    ...(oneHour !== undefined && { cacheWrite1hTokens: oneHour }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
    ...(inputAudio !== undefined && { inputAudioTokens: inputAudio }),
    ...(outputAudio !== undefined && { outputAudioTokens: outputAudio }),
  };
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
    warnings.add('invalid_token_count');
  }
  return undefined;
}
