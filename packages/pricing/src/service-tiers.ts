/** A service tier with its own prices. */
export type ServiceTier = 'batch' | 'flex' | 'priority';

/** How the prices of a tier are computed from the standard ones. */
export interface TierPrices {
  /** Provider as the package spells it. */
  readonly provider: string;
  readonly tier: ServiceTier;
  /** Matches whole names in lower case. */
  readonly model: RegExp;
  /** Factor of every standard price. */
  readonly times: number;
  /** Factor of the prices of cached tokens; `input`: they cost as much as other input. Default: `times`. */
  readonly cached?: number | 'input';
  readonly source: string;
  readonly checked: string;
}

/** The source has the tiers in 14 fields per model; all that are listed here turned out to be plain multiples. */
const LITELLM = {
  source: 'price list of litellm 1.110.2 (PyPI)',
  checked: '2026-11-25',
};
/** Snapshots are priced as their aliases. */
const dated = (names: string): RegExp => new RegExp(`^(?:${names})(?:-\\d{4}-\\d{2}-\\d{2})?$`);

// Cached tokens have their own price only in the standard tier.
const BATCH_WITHOUT_CACHE =
  'gpt-4\\.1(?:-mini|-nano)?|gpt-4o(?:-mini)?(?:-search-preview)?|gpt-(?:5|5\\.2|5\\.4|5\\.5)-pro|' +
  'o1|o1-mini|o1-pro|o3|o3-mini|o3-pro|o4-mini|gpt-4-turbo|gpt-4|gpt-4-0613|gpt-3\\.5-turbo|gpt-3\\.5-turbo-0125|' +
  'text-embedding-3-(?:large|small)|text-embedding-ada-002';
const SINCE_GPT_5_4 =
  'gpt-5\\.4-mini|gpt-5\\.4-nano|gpt-5\\.5|gpt-5\\.6(?:-sol|-terra|-luna)?|gpt-6-(?:astra|sol|luna)|gpt-6\\.1-(?:sol|terra)';
const BATCH = `gpt-5|gpt-5-mini|gpt-5-nano|gpt-5\\.1|gpt-5\\.2|${SINCE_GPT_5_4}`;
const DOUBLE =
  'gpt-4\\.1-nano|gpt-5|gpt-5\\.1|gpt-5\\.2|gpt-5\\.3-codex|gpt-5\\.4|gpt-5\\.4-mini|' +
  'gpt-5\\.6(?:-sol|-terra|-luna)?|gpt-6-(?:astra|sol|luna)|gpt-6\\.1-(?:sol|terra)';
const GEMINI_WITHOUT_CACHE = /^gemini-(?:2\.5-(?:pro|flash|flash-lite)|3-flash-preview|3\.1-pro-preview)$/;
const GEMINI = /^gemini-(?:3\.1-flash-lite(?:-preview)?|3\.[678]-flash|4-(?:argon|hydrogen))$/;

type Row = readonly [
  provider: string,
  tier: ServiceTier,
  model: RegExp,
  times: number,
  cached?: number | 'input',
];

const rows: readonly Row[] = [
  ['openai', 'batch', dated(BATCH_WITHOUT_CACHE), 0.5, 'input'],
  // Listed rounded up, at 0.13 for half of 0.25.
  ['openai', 'batch', dated('gpt-5\\.4'), 0.5, 0.52],
  ['openai', 'batch', dated(BATCH), 0.5],
  ['openai', 'flex', dated('gpt-5\\.4'), 0.5, 0.52],
  ['openai', 'flex', dated('o4-mini'), 0.5, 0.138 / 0.275],
  ['openai', 'flex', dated(`o3|gpt-5\\.[45]-pro|${BATCH}`), 0.5],
  ['openai', 'priority', /^gpt-4o-2024-05-13$/, 1.75],
  ['openai', 'priority', dated('gpt-4o'), 1.7],
  ['openai', 'priority', dated('gpt-4o-mini'), 5 / 3],
  ['openai', 'priority', dated('gpt-4\\.1(?:-mini)?|o3'), 1.75],
  ['openai', 'priority', dated('o4-mini'), 20 / 11],
  ['openai', 'priority', dated('gpt-5-mini'), 1.8],
  ['openai', 'priority', dated('gpt-5\\.5'), 2.5],
  ['openai', 'priority', dated(DOUBLE), 2],

  ['azure', 'batch', dated(BATCH_WITHOUT_CACHE), 0.5, 'input'],
  ['azure', 'batch', dated('gpt-5\\.4'), 0.5, 0.52],
  ['azure', 'batch', dated(BATCH), 0.5],
  ['azure', 'flex', dated(`gpt-5\\.4|gpt-5\\.4-pro|${SINCE_GPT_5_4}`), 0.5],
  ['azure', 'priority', dated('gpt-4\\.1(?:-mini)?'), 1.75],
  ['azure', 'priority', dated('gpt-5-mini'), 1.8],
  ['azure', 'priority', dated('gpt-5\\.5'), 2.5],
  ['azure', 'priority', dated(DOUBLE), 2],

  // Anthropic's priority tier is sold by contract: it has no list price.
  ['anthropic', 'batch', /^claude-(?:haiku|sonnet|opus|fable|mythos)-\d/, 0.5],
  ['google', 'batch', /^claude-(?:haiku|sonnet|opus)-4-[56]/, 0.5],

  ['google', 'batch', GEMINI_WITHOUT_CACHE, 0.5, 1],
  ['google', 'batch', GEMINI, 0.5],
  ['google', 'batch', /^gemini-3\.5-flash(?:-lite)?$|^gemini-embedding-(?:001|2)$/, 0.5],
  ['google', 'flex', GEMINI_WITHOUT_CACHE, 0.5, 1],
  ['google', 'flex', GEMINI, 0.5],
  // Listed rounded up: 0.08 for half of 0.15, 0.02 for half of 0.03.
  ['google', 'flex', /^gemini-3\.5-flash$/, 0.5, 0.08 / 0.15],
  ['google', 'flex', /^gemini-3\.5-flash-lite$/, 0.5, 2 / 3],
  ['google', 'priority', GEMINI_WITHOUT_CACHE, 1.8],
  ['google', 'priority', GEMINI, 1.8],
  ['google', 'priority', /^gemini-3\.5-flash$/, 1.8],
  ['google', 'priority', /^gemini-3\.5-flash-lite$/, 1.8, 5 / 3],

  ['aws', 'flex', /^(?:[a-z]+\.)?amazon\.nova-pro-v1:0$/, 0.5],
  ['aws', 'priority', /^(?:[a-z]+\.)?amazon\.nova-(?:pro|premier)-v1:0$/, 1.75],
  ['x-ai', 'batch', /^grok-4\.(?:20(?:-.+)?|3|3-latest|7)$/, 0.8],
];

/** Of several that match, the first applies. */
export const tierPrices: readonly TierPrices[] = rows.map(([provider, tier, model, times, cached]) => ({
  provider,
  tier,
  model,
  times,
  ...(cached !== undefined && { cached }),
  ...LITELLM,
}));

/** The tiers of which some prices are known. */
export const serviceTiers: readonly ServiceTier[] = ['batch', 'flex', 'priority'];

/** The tier of an override that is for the standard tier alone. */
export const STANDARD_ALONE = 'standard';

const STANDARD: ReadonlySet<string> = new Set([
  '',
  'auto',
  'default',
  'on_demand',
  'standard',
  'standard_only',
]);

/** Other names of the tiers: OpenAI's since 2026-07-30, and Vertex's (`trafficType`). */
const OTHER_NAMES: ReadonlyMap<string, ServiceTier> = new Map([
  ['fast', 'priority'],
  ['on_demand_flex', 'flex'],
  ['on_demand_priority', 'priority'],
]);

/** A tier's normalised name; `undefined` for the standard tier under any of its names. */
export function normalizeTier(name: string | undefined): string | undefined {
  // The usual names are compared as they are, because this runs for each call.
  if (typeof name !== 'string' || name === 'default' || name === 'standard') return undefined;
  const spelled = name.trim().toLowerCase();
  return STANDARD.has(spelled) ? undefined : (OTHER_NAMES.get(spelled) ?? spelled);
}
