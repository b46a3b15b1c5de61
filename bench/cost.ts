// What pricing adds to the life of a span, what a warm quote costs, and what importing each package costs.
// Every ratio compares two things within one run, in interleaved rounds; figures are medians.
// npx tsx bench/cost.ts [--brief]
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { PriceCatalog } from '@llm-otel/pricing';
import type { Attributes, Tracer } from '@opentelemetry/api';
import { BasicTracerProvider, NoopSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { calcPrice } from '@pydantic/genai-prices';
import { millisByTurns } from './support/by-turns.js';
import { mapValues, median, round } from './support/statistics.js';

const brief = process.argv.includes('--brief');

/** Folders of the published packages. */
const PACKAGES = readdirSync(join(__dirname, '..', 'packages')).filter((folder) => folder !== 'testing');
const SDK = '@opentelemetry/sdk-trace-base';
const PRICE_DATA = '@pydantic/genai-prices';

/** Fifteen attributes, as a Node instrumentation writes them for a call of a model. */
const llmSpan: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.response.id': 'chatcmpl-1',
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.request.temperature': 0.2,
  'gen_ai.request.max_tokens': 512,
  'gen_ai.usage.input_tokens': 1500,
  'gen_ai.usage.output_tokens': 350,
  'gen_ai.usage.cache_read.input_tokens': 1000,
  'gen_ai.conversation.id': 'c-1',
  'server.address': 'api.openai.com',
  'server.port': 443,
  'app.feature': 'search',
};

/** Fifteen attributes of a span that has nothing to do with a model. */
const httpSpan: Attributes = {
  'http.request.method': 'POST',
  'url.full': 'https://api.example.com/v1/things',
  'url.scheme': 'https',
  'url.path': '/v1/things',
  'server.address': 'api.example.com',
  'server.port': 443,
  'network.protocol.version': '1.1',
  'network.peer.address': '10.0.0.1',
  'network.peer.port': 443,
  'user_agent.original': 'node',
  'http.response.status_code': 200,
  'http.route': '/v1/things',
  'http.request.body.size': 1024,
  'http.response.body.size': 2048,
  'app.feature': 'search',
};

function tracerWith(processor: SpanProcessor): Tracer {
  return new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('bench');
}

function runSpans(tracer: Tracer, attributes: Attributes, count: number): void {
  for (let index = 0; index < count; index++) {
    const span = tracer.startSpan('chat');
    for (const key in attributes) {
      const value = attributes[key];
      if (value !== undefined) span.setAttribute(key, value);
    }
    span.end();
  }
}

/** Median nanoseconds of one repetition of each. */
function measure<Name extends string>(
  subjects: Record<Name, (count: number) => void>,
  counts: Record<Name, number>,
): Record<Name, number> {
  const millis = millisByTurns(
    mapValues(subjects, (run, name) => () => run(counts[name])),
    { warmUp: 2, rounds: brief ? 5 : 41 },
  );
  return mapValues(millis, (taken, name) => (median(taken) * 1e6) / counts[name]);
}

const percentMore = (value: number, base: number) => Number(((value / base - 1) * 100).toFixed(1));

function spans() {
  const noop = tracerWith(new NoopSpanProcessor());
  const cost = tracerWith(new LlmCostSpanProcessor());
  const count = brief ? 2_000 : 20_000;
  const times = measure(
    {
      llmNoop: (count) => runSpans(noop, llmSpan, count),
      llmCost: (count) => runSpans(cost, llmSpan, count),
      otherNoop: (count) => runSpans(noop, httpSpan, count),
      otherCost: (count) => runSpans(cost, httpSpan, count),
    },
    { llmNoop: count, llmCost: count, otherNoop: count, otherCost: count },
  );
  return {
    llmSpan: {
      noopNanos: round(times.llmNoop, 0),
      costNanos: round(times.llmCost, 0),
      addedPercent: percentMore(times.llmCost, times.llmNoop),
      barPercent: 15,
    },
    otherSpan: {
      noopNanos: round(times.otherNoop, 0),
      costNanos: round(times.otherCost, 0),
      addedPercent: percentMore(times.otherCost, times.otherNoop),
      barPercent: 2,
    },
  };
}

function quotes() {
  const catalog = new PriceCatalog();
  const at = new Date();
  const usage = { inputTokens: 1500, outputTokens: 350, cacheReadTokens: 1000 };
  const counts = { input_tokens: 1500, output_tokens: 350, cache_read_tokens: 1000 };
  const models = [
    ['openai', 'gpt-4o'],
    ['anthropic', 'claude-sonnet-4-5-20250929'],
    ['google', 'gemini-2.5-pro'],
    ['openai', 'o3'],
  ] as const;
  const each = (count: number, run: (provider: string, model: string) => void) => {
    for (let index = 0; index < count; index += models.length)
      for (const [provider, model] of models) run(provider, model);
  };
  const times = measure(
    {
      calcPrice: (count) =>
        each(count, (providerId, model) => void calcPrice(counts, model, { providerId, timestamp: at })),
      quote: (count) => each(count, (provider, model) => void catalog.quote({ provider, model, usage, at })),
    },
    { calcPrice: brief ? 400 : 4_000, quote: brief ? 40_000 : 400_000 },
  );
  return {
    calcPriceNanos: round(times.calcPrice, 0),
    quoteNanos: round(times.quote, 1),
    ratio: round(times.quote / times.calcPrice, 5),
    bar: 0.01,
  };
}

/** A package whose parts are loaded when they are used: here it is imported as `import` does, with every export. */
const ALL_OF_UMBRELLA = 'all exports of llm-otel';

/** Milliseconds of one `require` in a new process, and of reading every export of the module. */
function importMillis(name: string, readsAll: boolean): number {
  const load = `require(${JSON.stringify(name)})`;
  const script = `const start = process.hrtime.bigint(); ${readsAll ? `Object.values(${load})` : load};
    process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: __dirname, encoding: 'utf8' }));
}

function imports() {
  const names = [SDK, PRICE_DATA, ...PACKAGES, ALL_OF_UMBRELLA];
  const folderOf = (name: string) => join(__dirname, '..', 'packages', name);
  const moduleOf = (name: string) => {
    if (name === ALL_OF_UMBRELLA) return folderOf('llm-otel');
    return PACKAGES.includes(name) ? folderOf(name) : name;
  };
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let at = 0; at < (brief ? 3 : 21); at++)
    for (const name of names) times.get(name)?.push(importMillis(moduleOf(name), name === ALL_OF_UMBRELLA));
  const millis = (name: string) => median(times.get(name) ?? []);
  const ratio = (name: string, to: string) => round(millis(name) / millis(to), 2);
  return {
    millis: Object.fromEntries(names.map((name) => [name, round(millis(name), 1)])),
    pricingToPriceData: { ratio: ratio('pricing', PRICE_DATA), bar: 1.3 },
    toSdk: { ...Object.fromEntries(PACKAGES.map((name) => [name, ratio(name, SDK)])), bar: 0.25 },
    [`${ALL_OF_UMBRELLA}, to the SDK`]: ratio(ALL_OF_UMBRELLA, SDK),
  };
}

const report = {
  bench: 'cost',
  node: process.version,
  brief,
  spans: spans(),
  quotes: quotes(),
  imports: imports(),
};
console.log(JSON.stringify(report, null, 2));
