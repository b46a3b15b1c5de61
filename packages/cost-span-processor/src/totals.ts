import type { LlmUsage } from '@llm-otel/semantic-conventions';

/** Models that a total tells apart; the cost of further ones is in the total alone. */
const MAX_MODELS = 20;

/** Calls, added up. */
export interface Totals {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the calls that have a price. */
  readonly costUsd: number;
  readonly costByModel: ReadonlyMap<string, number>;
}

const NO_MODELS: ReadonlyMap<string, number> = new Map();

/** The total of one call. */
export function totalsOf(
  { inputTokens, outputTokens }: LlmUsage,
  model: string | undefined,
  costUsd: number | undefined,
): Totals {
  const costByModel = model === undefined || costUsd === undefined ? NO_MODELS : new Map([[model, costUsd]]);
  return { calls: 1, inputTokens, outputTokens, costUsd: costUsd ?? 0, costByModel };
}

export function sumOf(a: Totals | undefined, b: Totals | undefined): Totals | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const costByModel = new Map(a.costByModel);
  for (const [model, usd] of b.costByModel)
    if (costByModel.has(model) || costByModel.size < MAX_MODELS)
      costByModel.set(model, (costByModel.get(model) ?? 0) + usd);
  return {
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd: a.costUsd + b.costUsd,
    costByModel,
  };
}
