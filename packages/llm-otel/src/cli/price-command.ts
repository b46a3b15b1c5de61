import { parseArgs } from 'node:util';
import { PriceCatalog, type PriceExplanation, type PriceQuery, type PriceQuote } from '@llm-otel/pricing';
import { isoDate } from '../iso-date.js';
import { readPricesFile } from '../prices-file.js';
import type { Output } from './output.js';
import { similarModels } from './similar-models.js';

const USAGE = `llm-otel price <model> --input <tokens> --output <tokens> [options]

  --cached <tokens>       part of the input that was read from the prompt cache
  --cache-write <tokens>  part of the input that was written to the prompt cache
  --provider <name>       in any spelling; default: decided by the model's name
  --tier <name>           service tier of the call: batch, flex, priority; default: the standard tier
  --prices <file>         your own prices, as LLM_OTEL_PRICES of llm-otel/register names them
  --at <date>             when the call was made: 2025-05-01 or 2025-05-01T12:00:00Z; default: now
`;

/** @returns the exit code: 0 with a price, 1 for a model without one, 2 for wrong arguments or a wrong file of prices */
export function priceCommand(args: string[], out: Output, problems: Output): number {
  try {
    const read = readArguments(args);
    if (read === undefined) {
      out.write(USAGE);
      return 0;
    }
    const { query, prices } = read;
    const overrides = prices === undefined ? [] : readPricesFile(prices);
    return showPrice(query, new PriceCatalog({ overrides }), out, problems);
  } catch (error) {
    problems.write(`llm-otel price: ${(error as Error).message}\n`);
    return 2;
  }
}

function showPrice(query: PriceQuery, catalog: PriceCatalog, out: Output, problems: Output): 0 | 1 {
  const quote = catalog.quote(query);
  const explanation = catalog.explain(query);
  if (quote === undefined || explanation === undefined) {
    const { model, provider } = query;
    problems.write(`No price is known for ${model}${provider === undefined ? '' : ` of ${provider}`}.\n`);
    problems.write('The nearest names with a price, and their --provider:\n');
    for (const { provider, model: name } of similarModels(catalog, query))
      problems.write(`  ${name}  (${provider})\n`);
    return 1;
  }
  out.write(breakdown(query, quote, explanation));
  return 0;
}

/**
 * @returns `undefined` if only the usage is asked for
 * @throws Error that says which argument is wrong
 */
function readArguments(args: string[]): { query: PriceQuery; prices: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        input: { type: 'string' },
        output: { type: 'string' },
        cached: { type: 'string' },
        'cache-write': { type: 'string' },
        provider: { type: 'string' },
        tier: { type: 'string' },
        prices: { type: 'string' },
        at: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values.help === true ? undefined : { query: queryOf(values, positionals), prices: values.prices };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`);
  }
}

type TokenOption = 'input' | 'output' | 'cached' | 'cache-write';

/** @throws Error that says which argument is wrong */
function queryOf(
  values: { readonly [Name in TokenOption | 'provider' | 'tier' | 'at']?: string },
  positionals: readonly string[],
): PriceQuery {
  const [model, ...rest] = positionals;
  if (model === undefined || rest.length > 0)
    throw new Error(`expected one model, got ${positionals.length}.`);
  const tokens = (name: TokenOption) => {
    const given = values[name] ?? (name === 'input' || name === 'output' ? undefined : '0');
    if (given === undefined) throw new Error(`--${name} is missing.`);
    if (!/^\d{1,15}$/.test(given)) throw new Error(`--${name} must be a number of tokens, got "${given}".`);
    return Number(given);
  };
  const usage = {
    inputTokens: tokens('input'),
    outputTokens: tokens('output'),
    cacheReadTokens: tokens('cached'),
    cacheWriteTokens: tokens('cache-write'),
  };
  if (usage.cacheReadTokens + usage.cacheWriteTokens > usage.inputTokens)
    throw new Error('--cached and --cache-write are parts of --input: together they must not exceed it.');
  const at = values.at === undefined ? new Date() : dateOf(values.at);
  return { model, usage, at, provider: values.provider, serviceTier: values.tier };
}

/** @throws Error that says that it is none */
function dateOf(text: string): Date {
  const at = isoDate(text);
  if (at === undefined) throw new Error(`--at must be a date such as 2025-05-01, got "${text}".`);
  return at;
}

function breakdown(query: PriceQuery, quote: PriceQuote, entry: PriceExplanation): string {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = query.usage;
  const lines: [what: string, tokens: number, perMTok: number, usd: number][] = [
    ['input', inputTokens - cacheReadTokens - cacheWriteTokens, entry.inputPerMTok, quote.inputUsd],
    ['cache read', cacheReadTokens, entry.cacheReadPerMTok, quote.cacheReadUsd],
    ['cache write', cacheWriteTokens, entry.cacheWritePerMTok, quote.cacheWriteUsd],
    ['output', outputTokens, entry.outputPerMTok, quote.outputUsd],
  ];
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const since = entry.from === undefined ? '' : `, since ${day(entry.from)}`;
  const until = entry.until === undefined ? '' : `, until ${day(entry.until)}`;
  const { from, checked } = entry.origin;
  return [
    ...lines
      .filter(([what, tokens]) => tokens > 0 || !what.startsWith('cache'))
      .map(
        ([what, tokens, perMTok, usd]) =>
          `${what.padEnd(11)} ${String(tokens).padStart(10)} × ${String(perMTok).padStart(6)} USD/M  ${inDigits(usd).padStart(12)} USD`,
      ),
    `${'total'.padEnd(35)} ${inDigits(quote.totalUsd).padStart(12)} USD`,
    '',
    `entry   ${entry.model} (${entry.provider})${since}${until}`,
    `source  ${from}${checked === undefined ? '' : `, ${checked}`}`,
    ...(quote.warning === undefined
      ? []
      : [
          `note    no price is known for tier "${query.serviceTier}": this is the price of the standard tier`,
        ]),
    '',
  ].join('\n');
}

/** To the millionth of a dollar, and further if a small price would lose digits or look like zero. */
function inDigits(usd: number): string {
  return usd.toFixed(12).replace(/(\.\d{6}\d*?)0+$/, '$1');
}
