import type { FactKeys, UsageBuckets } from './dialect.js';
import { readJson } from './json-attribute.js';
import type { LlmCallKind, LlmCallWarning, LlmSpanLike, LlmUsage } from './llm-call.js';
import type { NarrowedDialect } from './narrowed-dialect.js';
import { readFact } from './read-fact.js';
import { toTokenCount } from './token-count.js';

type Attributes = LlmSpanLike['attributes'];
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The token counts of a call, or `undefined` unless input and output are both known. */
export function readUsage(
  attributes: Attributes,
  dialect: NarrowedDialect,
  kind: LlmCallKind | undefined,
  provider: string | undefined,
  warnings: LlmCallWarning[],
): LlmUsage | undefined {
  const { usage: keys, buckets } = dialect;
  if (buckets !== undefined) return readBuckets(attributes, buckets, kind, warnings);
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
  // No call takes nothing: zeros stand for counts that never came, as after a stream that broke.
  if (input === 0 && output === 0) return undefined;

  const cacheRead = readCount(attributes, keys.cacheReadTokens, warnings);
  const cacheWrite1h = readCount(attributes, keys.cacheWrite1hTokens, warnings);
  const cacheWrite = readCount(attributes, keys.cacheWriteTokens, warnings) ?? cacheWrite1h;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const includesCached = inputIncludesCached(dialect, provider);
  if (includesCached === 'no' || cached > input) {
    // More cached than input tokens proves that the count leaves the cached ones out, whatever the dialect says.
    input += cached;
  } else if (cached > 0 && includesCached === 'unknown') {
    warnings.push('ambiguous_cache_tokens');
  }
  if (isCachingUntold(dialect, provider, cacheRead, cacheWrite, cacheWrite1h))
    warnings.push('ambiguous_cache_tokens');

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

function inputIncludesCached({ inputIncludesCached }: NarrowedDialect, provider: string | undefined) {
  if (typeof inputIncludesCached === 'string') return inputIncludesCached;
  return isAnthropic(provider) ? inputIncludesCached.anthropic : inputIncludesCached.others;
}

/** Whether the emitter may have kept something of the cache to itself that changes the price. */
function isCachingUntold(
  { untoldCaching }: NarrowedDialect,
  provider: string | undefined,
  cacheRead: number | undefined,
  cacheWrite: number | undefined,
  cacheWrite1h: number | undefined,
): boolean {
  if (untoldCaching === undefined) return false;
  if (untoldCaching === 'counts' && cacheRead === undefined && cacheWrite === undefined) return true;
  if (untoldCaching === 'writes' && cacheWrite === undefined) return true;
  return Boolean(cacheWrite) && cacheWrite1h === undefined && isAnthropic(provider);
}

/** `anthropic`, `Anthropic`, `anthropic.messages`. */
export function isAnthropic(provider: string | undefined): boolean {
  return provider?.toLowerCase().startsWith('anthropic') === true;
}

function readBuckets(
  attributes: Attributes,
  { attribute, ...names }: UsageBuckets,
  kind: LlmCallKind | undefined,
  warnings: LlmCallWarning[],
): LlmUsage | undefined {
  const buckets = readJson(attributes[attribute]);
  if (typeof buckets !== 'object' || buckets === null) return undefined;
  const counts = new Map<string, number>();
  for (const [name, value] of Object.entries(buckets)) {
    const count = toTokenCount(value);
    if (count === undefined) warnings.push('invalid_token_count');
    else counts.set(name, count);
  }
  const sumWhere = (belongs: (name: string) => boolean): number | undefined => {
    let sum: number | undefined;
    for (const [name, count] of counts) if (belongs(name)) sum = (sum ?? 0) + count;
    return sum;
  };
  const input = sumWhere(
    (name) =>
      name.startsWith('input') ||
      names.cacheReadTokens.includes(name) ||
      names.cacheWriteTokens.includes(name),
  );
  const output = sumWhere((name) => name.startsWith('output')) ?? (kind === 'embedding' ? 0 : undefined);
  if (input === undefined || output === undefined || (input === 0 && output === 0)) return undefined;
  const cacheRead = sumWhere((name) => names.cacheReadTokens.includes(name));
  const cacheWrite = sumWhere((name) => names.cacheWriteTokens.includes(name));
  const reasoning = sumWhere((name) => names.reasoningTokens.includes(name));
  return {
    inputTokens: input,
    outputTokens: output,
    ...(cacheRead !== undefined && { cacheReadTokens: cacheRead }),
    ...(cacheWrite !== undefined && { cacheWriteTokens: cacheWrite }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
}

/** A count of what another count includes; one that is larger than its whole is left out. */
function readPart(
  attributes: Attributes,
  keys: FactKeys,
  whole: number,
  warnings: LlmCallWarning[],
): number | undefined {
  const count = readCount(attributes, keys, warnings);
  if (count === undefined || count <= whole) return count;
  warnings.push('contradictory_token_counts');
  return undefined;
}

function readCount(attributes: Attributes, keys: FactKeys, warnings: LlmCallWarning[]): number | undefined {
  for (const key of keys) {
    const value = readFact(attributes, key);
    if (value === undefined) continue;
    // In JSON, null stands for none.
    const count = value === null && typeof key !== 'string' ? 0 : toTokenCount(value);
    if (count !== undefined) return count;
    warnings.push('invalid_token_count');
  }
  return undefined;
}
