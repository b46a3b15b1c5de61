import type { LlmCall } from '@llm-otel/semantic-conventions';

/** Maximum number of models listed in a total; the cost of further models is only in the sum. */
const MAX_MODELS = 20;

/** The sums over some calls. */
export interface Totals {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Cost of the calls that have one. */
  readonly costUsd: number;
  readonly costByModel: ReadonlyMap<string, number>;
}

const NO_MODELS: ReadonlyMap<string, number> = new Map();

/**
 * The total of one call.
 *
 * @param byModel - whether the cost is also listed by model
 */
export function totalsOf(
  { usage, model }: Pick<LlmCall, 'usage' | 'model'>,
  costUsd: number | undefined,
  byModel: boolean,
): Totals {
  return {
    calls: 1,
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
    costUsd: costUsd ?? 0,
    costByModel:
      byModel && model !== undefined && costUsd !== undefined ? new Map([[model, costUsd]]) : NO_MODELS,
  };
}

export function sumOf(a: Totals | undefined, b: Totals | undefined): Totals | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd: a.costUsd + b.costUsd,
    costByModel: sumByModel(a.costByModel, b.costByModel),
  };
}

function sumByModel(a: Totals['costByModel'], b: Totals['costByModel']): Totals['costByModel'] {
  if (b.size === 0) return a;
  const sum = new Map(a);
  for (const [model, usd] of b)
    if (sum.has(model) || sum.size < MAX_MODELS) sum.set(model, (sum.get(model) ?? 0) + usd);
  return sum;
}
