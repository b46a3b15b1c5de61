import { LlmCostSpanProcessor } from '../../packages/cost-span-processor/dist/index.js';
import { PriceCatalog } from '../../packages/pricing/dist/index.js';
import { type Fixture, RECORDED_AT, readFixtures } from './fixtures.js';
import type { ReportedUsage } from './record.js';
import { replay } from './replay.js';

/** How the prices of one recorded trace compare with what the provider billed for it. */
export interface Verdict {
  readonly peer: string;
  readonly scenario: string;
  /** Price of what the provider reported; `undefined`: it billed what it did not report. */
  readonly expectedUsd: number | undefined;
  /** Sum of `llm.cost_usd` over the trace; `undefined`: no span has any. */
  readonly actualUsd: number | undefined;
  /** Each `llm.cost.status` of the trace, in the order of the ends of its spans. */
  readonly statuses: readonly string[];
  /** Whether a price is that of the standard tier because the peer does not tell the tier. */
  readonly assumesTier: boolean;
  /** Whether the model, the tier and every count that the provider reported can be found in the spans, be it in JSON. */
  readonly carried: boolean;
  /**
   * `right`: to 1e-9. `marked`: not, but a span says that its price is missing or unsure. `lost`: the peer ended
   * no span that could say so. `WRONG`: the sum is another, and nothing tells.
   */
  readonly verdict: 'right' | 'marked' | 'lost' | 'WRONG';
}

const TOLERANCE_USD = 1e-9;
/** Statuses that say that a price is missing or unsure; `counted_in_child` says that it is elsewhere. */
const doubts = new Set([
  'unknown_model',
  'missing_tokens',
  'ambiguous_cache_tokens',
  'inexact_tokens',
  'unknown_tier',
]);

/** Prices a recorded trace as an application would. */
function verdictOn(fixture: Fixture, catalog: PriceCatalog): Verdict {
  const { peer, scenario, reportedUsage, spans } = fixture;
  const expectedUsd = expectedOf(reportedUsage, catalog);
  let actualUsd: number | undefined;
  const statuses: string[] = [];
  let assumesTier = false;
  for (const { attributes } of replay(fixture, new LlmCostSpanProcessor({ catalog }))) {
    const cost = attributes['llm.cost_usd'];
    if (typeof cost === 'number') actualUsd = (actualUsd ?? 0) + cost;
    const status = attributes['llm.cost.status'];
    if (status !== undefined) statuses.push(String(status));
    assumesTier ||= attributes['llm.cost.assumed_service_tier'] !== undefined;
  }
  return {
    peer,
    scenario,
    expectedUsd,
    actualUsd,
    statuses,
    assumesTier,
    carried: carriesAll(reportedUsage, JSON.stringify(spans)),
    verdict: decide(),
  };

  function decide(): Verdict['verdict'] {
    if (expectedUsd !== undefined && Math.abs((actualUsd ?? 0) - expectedUsd) <= TOLERANCE_USD)
      return 'right';
    if (assumesTier || statuses.some((status) => doubts.has(status))) return 'marked';
    return spans.every(({ instrumentationScope }) => instrumentationScope.name === 'application')
      ? 'lost'
      : 'WRONG';
  }
}

function expectedOf(reportedUsage: readonly ReportedUsage[], catalog: PriceCatalog): number | undefined {
  let sum = 0;
  for (const { api, model, usage, serviceTier, reported } of reportedUsage) {
    if (reported === 'failed') continue;
    if (reported !== 'wholly') return undefined;
    const quote = catalog.quote({
      provider: api === 'anthropic' ? 'anthropic' : 'openai',
      model,
      usage: {
        inputTokens: usage.input ?? 0,
        outputTokens: api === 'openai-embeddings' ? 0 : (usage.output ?? 0),
        cacheReadTokens: usage.cacheRead ?? 0,
        cacheWriteTokens: usage.cacheWrite ?? 0,
        cacheWrite1hTokens: usage.cacheWrite1h ?? 0,
      },
      at: RECORDED_AT,
      serviceTier,
    });
    if (quote === undefined) throw new Error(`The catalogue has no price of ${model}.`);
    sum += quote.totalUsd;
  }
  return sum;
}

/** All counts of a scenario differ, so that a count that is there is there for what it counts. */
function carriesAll(reportedUsage: readonly ReportedUsage[], text: string): boolean {
  return reportedUsage.every(({ api, model, usage, serviceTier, reported }) => {
    if (reported === 'failed') return true;
    if (reported !== 'wholly') return false;
    const { input = 0, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0, reasoning = 0 } = usage;
    const output = api === 'openai-embeddings' ? 0 : (usage.output ?? 0);
    return (
      text.includes(withoutDate(model)) &&
      (serviceTier === undefined || text.includes(serviceTier)) &&
      (has(input) || has(input - cacheRead - cacheWrite)) &&
      (has(output) || (has(output - reasoning) && has(reasoning))) &&
      has(cacheRead) &&
      has(cacheWrite) &&
      // That it lives for an hour shows only where the name of a count says so.
      (cacheWrite1h === 0 || text.includes('1h'))
    );
  });

  function has(count: number): boolean {
    return count === 0 || new RegExp(`(?<![\\d.])${count}(?![\\d.])`).test(text);
  }
}

/** The requested model's name is enough: it is priced alike. */
function withoutDate(model: string): string {
  return model.replace(/-(?:20\d\d-\d\d-\d\d|20\d{6})$/, '');
}

/** Prices every fixture of some peers, each as in a process of its own. */
export function allVerdicts(peers: readonly string[]): Verdict[] {
  const catalog = new PriceCatalog();
  return peers.flatMap(readFixtures).map((fixture) => verdictOn(fixture, catalog));
}

/** One line a peer, and one for all. */
export function summary(verdicts: readonly Verdict[]): string[] {
  const peers = [...new Set(verdicts.map(({ peer }) => peer))];
  return [
    ...peers.map((peer) =>
      counts(
        peer,
        verdicts.filter((verdict) => verdict.peer === peer),
      ),
    ),
    counts('all', verdicts),
  ];
}

function counts(title: string, verdicts: readonly Verdict[]): string {
  const count = (wanted: Verdict['verdict']) => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const avoidable = verdicts.filter(({ verdict, carried }) => carried && verdict !== 'right').length;
  return (
    `${title.padEnd(30)} ${verdicts.length} traces: ${count('right')} right, ${count('marked')} marked, ` +
    `${count('lost')} lost, ${count('WRONG')} WRONG; ${avoidable} not right although the spans carry all it takes`
  );
}
