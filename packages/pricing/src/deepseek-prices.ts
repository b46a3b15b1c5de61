import type { ModelPrice } from '@pydantic/genai-prices';
import { type Correction, fromLiteLlm } from './correction.js';

const DEEPSEEK = 'https://api-docs.deepseek.com/quick_start/pricing';
const PEAKS = `${DEEPSEEK}, by way of https://github.com/BerriAI/litellm/issues/37255 and models.dev#6904`;
const PACKAGE_COMMENT = '@pydantic/genai-prices 0.1.8, in its comments on the price';

/** DeepSeek charges twice as much in these hours, from Monday to Friday; the package has them at weekends too. */
const PEAK_HOURS = [
  [1, 4],
  [6, 10],
] as const;

/** The peak hours, and then all others. */
function deepseekV4(
  when: Pick<Correction, 'model' | 'from' | 'until'>,
  input: number,
  cacheRead: number,
  output: number,
): Correction[] {
  const each = { provider: 'deepseek', ...when, source: PEAKS, checked: '2026-11-30' };
  const prices = (times: number): ModelPrice => ({
    input_mtok: times * input,
    cache_read_mtok: times * cacheRead,
    output_mtok: times * output,
  });
  return [
    ...PEAK_HOURS.map((weekdayHours) => ({ ...each, weekdayHours, prices: prices(2) })),
    { ...each, prices: prices(1) },
  ];
}

/** DeepSeek's own prices. */
export const deepseekPrices = (): readonly Correction[] => [
  {
    // The package still has the prices of DeepSeek V3 and R1, and their discount at night, which ended then.
    provider: 'deepseek',
    model: /^deepseek-(?:chat|reasoner)$/,
    from: '2025-09-05T16:00:00Z',
    until: '2025-09-29',
    prices: { input_mtok: 0.56, cache_read_mtok: 0.07, output_mtok: 1.68 },
    source: DEEPSEEK,
    checked: '2026-11-30',
  },
  {
    // DeepSeek V3.2.
    provider: 'deepseek',
    model: /^deepseek-(?:chat|reasoner)$/,
    from: '2025-09-29',
    until: '2026-04-24',
    prices: { input_mtok: 0.28, cache_read_mtok: 0.028, output_mtok: 0.42 },
    ...fromLiteLlm(DEEPSEEK),
  },
  {
    // Names of DeepSeek V4 Flash, until nothing answered to them any more.
    provider: 'deepseek',
    model: /^deepseek-(?:chat|reasoner)$/,
    from: '2026-04-24',
    until: '2026-07-24T16:00:00Z',
    prices: { input_mtok: 0.14, cache_read_mtok: 0.0028, output_mtok: 0.28 },
    source: `${DEEPSEEK}, by way of models.dev`,
    checked: '2026-11-30',
  },
  {
    // The package has the peak hours of later days at these prices, because it can't express both.
    provider: 'deepseek',
    model: /^deepseek-v4-flash$/,
    until: '2026-08-17',
    prices: { input_mtok: 0.14, cache_read_mtok: 0.0028, output_mtok: 0.28 },
    source: PACKAGE_COMMENT,
    checked: '2026-11-30',
  },
  {
    provider: 'deepseek',
    model: /^deepseek-v4-pro$/,
    until: '2026-08-17',
    prices: { input_mtok: 0.435, cache_read_mtok: 0.003625, output_mtok: 0.87 },
    source: PACKAGE_COMMENT,
    checked: '2026-11-30',
  },
  ...deepseekV4({ model: /^deepseek-v4-pro$/, from: '2026-08-23' }, 0.66, 0.022, 1.98),
  ...deepseekV4(
    { model: /^deepseek-v4-flash(?:-vision-exp)?$/, from: '2026-08-23', until: '2026-09-10T04:00:00Z' },
    0.22,
    0.007,
    0.66,
  ),
  // V4.1 Flash, which answers to the older names as well.
  ...deepseekV4(
    { model: /^deepseek-(?:flash|v4-flash(?:-vision-exp)?)$/, from: '2026-09-10T04:00:00Z' },
    0.15,
    0.003,
    0.6,
  ),
];
