import { readJson } from './json-attribute.js';
import type { LlmCallKind, LlmCallWarning, LlmUsage } from './llm-call.js';
import type { Buckets, Fact, NarrowedDialect } from './narrowed-dialect.js';
import { readFact, type Values } from './read-fact.js';
import { toTokenCount } from './token-count.js';

/** The names of Bedrock in the AI SDK and the conventions. */
const APART = /^(?:amazon-|aws\.)bedrock/;

/** A class, because its instances have room for further fields; those of an object literal need a new list for each. */
class UsageOfSpan implements LlmUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  declare cacheReadTokens?: number;
  declare cacheWriteTokens?: number;
  declare cacheWrite1hTokens?: number;
  declare reasoningTokens?: number;
  declare inputAudioTokens?: number;
  declare outputAudioTokens?: number;

  constructor(inputTokens: number, outputTokens: number) {
    this.inputTokens = inputTokens;
    this.outputTokens = outputTokens;
  }
}

/** The token counts of a call, or `undefined` unless input and output are both known. */
export function readUsage(
  values: Values,
  dialect: NarrowedDialect,
  kind: LlmCallKind | undefined,
  provider: string | undefined,
  model: string | undefined,
  warnings: LlmCallWarning[],
): LlmUsage | undefined {
  const { buckets } = dialect;
  if (buckets !== undefined) return readBuckets(values, buckets, kind, warnings);
  let input = readCount(values, dialect.inputTokens, warnings);
  let output = readCount(values, dialect.outputTokens, warnings);
  // Two of the three numbers give the third; an embedding has no output.
  if (input === undefined && output !== undefined) input = restOfTotal(values, dialect, output, warnings);
  if (output === undefined && input !== undefined)
    output = kind === 'embedding' ? 0 : restOfTotal(values, dialect, input, warnings);
  if (input === undefined || output === undefined) return undefined;
  // No call uses zero tokens: zeros stand for counts that never arrived, for example after a broken stream.
  if (input === 0 && output === 0) return undefined;

  const reasoning = readCount(values, dialect.reasoningTokens, warnings);
  const cacheRead = readCount(values, dialect.cacheReadTokens, warnings);
  const cacheWrite1h = readCount(values, dialect.cacheWrite1hTokens, warnings);
  let cacheWrite = readCount(values, dialect.cacheWriteTokens, warnings) ?? cacheWrite1h;
  // Tokens written for an hour are part of all tokens written. If the count of all is smaller, it has only the others.
  if (cacheWrite1h !== undefined && cacheWrite !== undefined && cacheWrite1h > cacheWrite)
    cacheWrite += cacheWrite1h;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const includesCached = inputIncludesCached(dialect, provider, model);
  // Whatever the dialect says, the count excludes the cached tokens if there are more of them than input tokens, or if
  // the total is the sum of all three.
  const isExclusive = includesCached === 'no' || cached > input;
  const mayProve = reasoning || (cached > 0 && !isExclusive);
  const total = mayProve ? readCount(values, dialect.total, warnings) : undefined;
  // Gemini does not count thoughts as output. A total that is the sum of all three proves that the instrumentation left it so.
  if (reasoning && total === input + output + reasoning) output += reasoning;
  if (isExclusive || (cached > 0 && total === input + output + cached)) {
    input += cached;
  } else if (cached > 0 && includesCached === 'unknown') {
    warnings.push('ambiguous_cache_tokens');
  }
  // No provider has a prompt cache for embeddings.
  if (kind !== 'embedding' && isCachingUntold(dialect, provider, model, cacheRead, cacheWrite, cacheWrite1h))
    warnings.push('ambiguous_cache_tokens');

  const { surplusInput, surplusOutput } = dialect;
  if (surplusInput !== undefined) input += toTokenCount(values[surplusInput]) ?? 0;
  if (surplusOutput !== undefined) output += toTokenCount(values[surplusOutput]) ?? 0;
  if (surplusInput !== undefined || surplusOutput !== undefined) warnings.push('inexact_token_counts');
  const usage = new UsageOfSpan(input, output);
  if (cacheRead !== undefined) usage.cacheReadTokens = cacheRead;
  if (cacheWrite !== undefined) usage.cacheWriteTokens = cacheWrite;
  if (cacheWrite1h !== undefined) usage.cacheWrite1hTokens = cacheWrite1h;
  const reasoningPart = partOf(output, reasoning, warnings);
  if (reasoningPart !== undefined) usage.reasoningTokens = reasoningPart;
  const inputAudio = partOf(input, readCount(values, dialect.inputAudioTokens, warnings), warnings);
  if (inputAudio !== undefined) usage.inputAudioTokens = inputAudio;
  const outputAudio = partOf(output, readCount(values, dialect.outputAudioTokens, warnings), warnings);
  if (outputAudio !== undefined) usage.outputAudioTokens = outputAudio;
  return usage;
}

function inputIncludesCached(
  { inputIncludesCached }: NarrowedDialect,
  provider: string | undefined,
  model: string | undefined,
) {
  if (typeof inputIncludesCached === 'string') return inputIncludesCached;
  // Without a provider, the model decides: every provider of Claude reports cached tokens separately.
  const isApart = provider === undefined ? model?.includes('claude') : reportsCachedApart(provider);
  return isApart ? inputIncludesCached.anthropic : inputIncludesCached.others;
}

/** Whether the instrumentation may have left out something about the cache that changes the price. */
function isCachingUntold(
  { untoldCaching }: NarrowedDialect,
  provider: string | undefined,
  model: string | undefined,
  cacheRead: number | undefined,
  cacheWrite: number | undefined,
  cacheWrite1h: number | undefined,
): boolean {
  if (untoldCaching === undefined) return false;
  if (untoldCaching === 'counts' && cacheRead === undefined) return true;
  if (untoldCaching === 'writes' && cacheWrite === undefined) return true;
  if (!cacheWrite || cacheWrite1h !== undefined) return false;
  // Bedrock and Vertex also have two prices for what Claude writes to the cache.
  return isAnthropic(provider) || model?.includes('claude') === true;
}

/** `anthropic`, `Anthropic`, `anthropic.messages`, and `vertex.anthropic.messages` of the AI SDK. */
export function isAnthropic(provider: string | undefined): boolean {
  if (provider === undefined) return false;
  // Converting every provider's name to lower case would take longer than everything else here.
  const first = provider.charCodeAt(0);
  if (first === 0x76) return provider.startsWith('vertex.anthropic');
  return (first === 0x61 || first === 0x41) && provider.toLowerCase().startsWith('anthropic');
}

/** Whether the provider's API excludes cached tokens from the input: Anthropic's does, and Bedrock's for every model. */
function reportsCachedApart(provider: string): boolean {
  return isAnthropic(provider) || (provider.charCodeAt(0) === 0x61 && APART.test(provider));
}

function readBuckets(
  values: Values,
  names: Buckets,
  kind: LlmCallKind | undefined,
  warnings: LlmCallWarning[],
): LlmUsage | undefined {
  const buckets = readJson(values[names.slot]);
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
  const inputAudio = sumWhere((name) => names.inputAudioTokens?.includes(name) === true);
  const outputAudio = sumWhere((name) => names.outputAudioTokens?.includes(name) === true);
  return {
    inputTokens: input,
    outputTokens: output,
    ...(cacheRead !== undefined && { cacheReadTokens: cacheRead }),
    ...(cacheWrite !== undefined && { cacheWriteTokens: cacheWrite }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
    ...(inputAudio !== undefined && { inputAudioTokens: inputAudio }),
    ...(outputAudio !== undefined && { outputAudioTokens: outputAudio }),
  };
}

/** What a total leaves for the other count; nothing if it equals the one count, for example after a broken stream. */
function restOfTotal(
  values: Values,
  { total }: NarrowedDialect,
  count: number,
  warnings: LlmCallWarning[],
): number | undefined {
  const whole = readCount(values, total, warnings);
  return whole !== undefined && whole > count ? whole - count : undefined;
}

/** A count that is part of another count; one that exceeds its whole is left out. */
function partOf(whole: number, count: number | undefined, warnings: LlmCallWarning[]): number | undefined {
  if (count === undefined || count <= whole) return count;
  warnings.push('contradictory_token_counts');
  return undefined;
}

function readCount(
  values: Values,
  facts: readonly Fact[] | undefined,
  warnings: LlmCallWarning[],
): number | undefined {
  if (facts === undefined) return undefined;
  for (const fact of facts) {
    const value = readFact(values, fact);
    if (value === undefined) continue;
    // In JSON, null stands for an absent value.
    const count = value === null && typeof fact !== 'number' ? 0 : toTokenCount(value);
    if (count !== undefined) return count;
    warnings.push('invalid_token_count');
  }
  return undefined;
}
