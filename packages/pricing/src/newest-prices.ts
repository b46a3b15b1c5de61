import { type Correction, fromLiteLlm } from './correction.js';
import { type ListedPrices, pricesOf } from './listed-prices.js';

type Seller = readonly [provider: string, model: RegExp, times: number];

const entries = (listed: ListedPrices, page: string, sellers: readonly Seller[]): Correction[] =>
  sellers.map(([provider, model, times]) => ({
    provider,
    model,
    prices: pricesOf(listed, times),
    ...fromLiteLlm(page),
  }));

/** @param name - as a pattern: gateways write its version with a dot */
const claude = (name: string, listed: ListedPrices) =>
  entries(listed, 'https://platform.claude.com/docs/en/about-claude/pricing', [
    ['anthropic', new RegExp(`^${name}(?:-\\d{8})?$`), 1],
    ['google', new RegExp(`^${name}(?:@default|@\\d{8})?$`), 1],
    ['azure', new RegExp(`^${name}$`), 1],
    ['aws', new RegExp(`^global\\.anthropic\\.${name}$`), 1],
    ['aws', new RegExp(`^us-gov\\.anthropic\\.${name}$`), 1.2],
    ['aws', new RegExp(`^(?:[a-z]{2,4}\\.)?anthropic\\.${name}$`), 1.1],
  ]);

const gpt = (name: string, listed: ListedPrices) =>
  entries(listed, 'https://developers.openai.com/api/docs/pricing', [
    ['openai', new RegExp(`^${name}(?:-\\d{4}-\\d{2}-\\d{2})?$`), 1],
    ['azure', new RegExp(`^${name}(?:-\\d{4}-\\d{2}-\\d{2})?$`), 1],
    ['aws', new RegExp(`^global\\.openai\\.${name}$`), 1],
    ['aws', new RegExp(`^(?:us\\.)?openai\\.${name}$`), 1.1],
  ]);

/** Models that came out after the package's data was collected. */
export const newestPrices = (): readonly Correction[] => [
  ...claude('claude-sonnet-5[.-]5', { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }),
  ...claude('claude-haiku-5[.-]5', {
    input: 0.1,
    output: 0.5,
    cacheRead: 0.01,
    cacheWrite: 0.125,
    beyond: { tokens: 100_000, input: 0.5, output: 2.5 },
  }),
  ...claude('claude-mythos-5[.-]1', { input: 10, output: 50, cacheRead: 0.25, cacheWrite: 12.5 }),
  ...gpt('gpt-6\\.1-sol', {
    input: 2,
    output: 10,
    cacheRead: 0.1,
    cacheWrite: 2.5,
    beyond: { tokens: 272_000, input: 4, output: 15 },
  }),
  ...gpt('gpt-6\\.1-terra', {
    input: 1,
    output: 5,
    cacheRead: 0.05,
    cacheWrite: 1.25,
    beyond: { tokens: 272_000, input: 2, output: 7.5 },
  }),
  ...entries({ input: 2, output: 10, cacheRead: 0.1 }, 'https://ai.google.dev/gemini-api/docs/pricing', [
    ['google', /^gemini-4-argon$/, 1],
  ]),
  ...entries({ input: 1.5, output: 7.5, cacheRead: 0.075 }, 'https://aistudio.google.com/docs/pricing', [
    ['google', /^gemini-4-hydrogen$/, 1],
  ]),
  ...entries(
    { input: 2, output: 6, cacheRead: 0.5, beyond: { tokens: 199_999, input: 4, output: 12 } },
    'https://api.x.ai/v1/language-models',
    [
      ['x-ai', /^grok-4\.7$/, 1],
      ['azure', /^grok-4\.7$/, 1],
    ],
  ),
  ...entries(
    { input: 0.7, output: 2.1, cacheRead: 0.07 },
    'https://docs.mistral.ai/models/mistral-large-4-0',
    [['mistral', /^mistral-large-4(?:-0)?$/, 1]],
  ),
];
