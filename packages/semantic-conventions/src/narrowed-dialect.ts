import type { AttributeKeys, Dialect, JsonFlag } from './dialect.js';
import type { LlmCallKind } from './llm-call.js';

/** An operation that is no LLM call: a tool, a retrieval. */
export const NO_CALL = 'none';

/** A dialect, with only those keys left that a span has: no time goes into looking for the others. */
export interface NarrowedDialect extends Omit<Dialect, 'operation'> {
  readonly operationKeys: AttributeKeys;
  readonly kinds: ReadonlyMap<string, LlmCallKind | typeof NO_CALL>;
}

/** Every attribute that reading the dialect may look at. */
export function keysOf(dialect: Dialect): string[] {
  const { markers, model, provider, serviceTier, streaming, timeToFirstChunk, operation } = dialect;
  const { usage, buckets, cost, inexact = [] } = dialect;
  return [
    ...[...markers, ...model, ...provider, ...operation.keys],
    ...[...serviceTier, ...streaming, ...timeToFirstChunk, ...Object.values(usage).flat()].map(attributeOf),
    ...(buckets === undefined ? [] : [buckets.attribute]),
    ...cost.flatMap(({ amount, currency = [] }) => [attributeOf(amount), currency].flat()),
    ...inexact.flatMap(({ where }) => where?.attribute ?? []),
  ];
}

export function narrow(dialect: Dialect, keys: ReadonlySet<string>): NarrowedDialect {
  const present = <Key extends string | { readonly attribute: string }>(list: readonly Key[]): Key[] =>
    list.filter((key) => keys.has(attributeOf(key)));
  const { operation, usage, inexact = [], ...others } = dialect;
  return {
    ...others,
    model: present(dialect.model),
    provider: present(dialect.provider),
    serviceTier: present(dialect.serviceTier),
    streaming: present<string | JsonFlag>(dialect.streaming),
    timeToFirstChunk: present(dialect.timeToFirstChunk),
    operationKeys: present(operation.keys),
    kinds: new Map(Object.entries(operation.kinds).map(([name, kind]) => [name, kind ?? NO_CALL])),
    usage: {
      inputTokens: present(usage.inputTokens),
      outputTokens: present(usage.outputTokens),
      total: present(usage.total),
      cacheReadTokens: present(usage.cacheReadTokens),
      cacheWriteTokens: present(usage.cacheWriteTokens),
      cacheWrite1hTokens: present(usage.cacheWrite1hTokens),
      reasoningTokens: present(usage.reasoningTokens),
      inputAudioTokens: present(usage.inputAudioTokens),
      outputAudioTokens: present(usage.outputAudioTokens),
    },
    cost: dialect.cost.filter(({ amount }) => keys.has(attributeOf(amount))),
    inexact: inexact.filter(({ where }) => where === undefined || keys.has(where.attribute)),
  };
}

function attributeOf(key: string | { readonly attribute: string }): string {
  return typeof key === 'string' ? key : key.attribute;
}
