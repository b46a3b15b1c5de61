// What redaction adds to the cost of a span in the SDK, in one run: spans of LLM calls with 15 attributes, with
// 32 bytes and 32 KiB of content; spans that have nothing to do with LLM calls.
// And what it costs to scan text that stays for patterns: with all in one pass, against one after the other.
// npx tsx bench/redaction.ts [--brief]
import { join } from 'node:path';
import { LlmRedactionSpanProcessor, redactingSpanProcessor } from '@llm-otel/redaction-span-processor';
import { bundleModule } from '@llm-otel/testing';
import type { Attributes, Tracer } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  NoopSpanProcessor,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import {
  type BuiltInPattern,
  builtInPatterns,
} from '../packages/redaction-span-processor/src/patterns/built-in-patterns.js';
import type { PatternScanner as Scanner } from '../packages/redaction-span-processor/src/patterns/pattern-scanner.js';
import { millisByTurns } from './support/by-turns.js';
import { mapValues, median, round } from './support/statistics.js';

const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 31 : 301;
const SPANS_PER_ROUND = 1_000;
const WARM_UP_ROUNDS = 20;

/** What no processor can do without that has to know what a span carries, at its end and after all others. */
class LoopingProcessor extends NoopSpanProcessor {
  objects = 0;

  onEnding({ attributes }: ReadableSpan): void {
    for (const key in attributes) if (typeof attributes[key] === 'object') this.objects++;
  }

  override onEnd(span: ReadableSpan): void {
    this.onEnding(span);
  }
}

const setups = {
  control: () => new NoopSpanProcessor(),
  loops: () => new LoopingProcessor(),
  redaction: () => new LlmRedactionSpanProcessor(),
  mask: () => new LlmRedactionSpanProcessor({ content: 'mask' }),
  view: () => redactingSpanProcessor(new NoopSpanProcessor()),
} satisfies Record<string, () => SpanProcessor>;

interface Load {
  readonly atStart: Attributes;
  /** Different for each span, so that no cache of one string flatters anybody. */
  readonly atEnd: readonly Attributes[];
}

const loads: Record<string, Load> = {
  llmWithoutContent: llmLoad(undefined),
  llm32Bytes: llmLoad(32),
  llm32KiB: llmLoad(32 * 1_024),
  http: {
    atStart: {
      'http.request.method': 'GET',
      'url.scheme': 'https',
      'server.address': 'example.com',
      'server.port': 443,
    },
    atEnd: Array.from({ length: 64 }, (_, at) => ({
      'url.full': `https://example.com/things/${at}`,
      'network.peer.address': '192.0.2.7',
      'network.peer.port': 443,
      'network.protocol.version': '1.1',
      'http.response.status_code': 200,
      'user_agent.original': 'node',
    })),
  },
};

async function main(): Promise<void> {
  const scanner = await bundleModule(
    join(__dirname, '../packages/redaction-span-processor/src/patterns/pattern-scanner.ts'),
  );
  const { PatternScanner }: { PatternScanner: typeof Scanner } = require(scanner.file);
  const report = Object.fromEntries(Object.entries(loads).map(([name, load]) => [name, measure(load)]));
  // Relative to the control, which takes the same time for both: the machine may be slower while one of them is measured.
  const added = (load: string, setup: keyof typeof setups) => report[load]?.addedPercent[setup] ?? Number.NaN;
  console.log(
    JSON.stringify(
      {
        bench: 'redaction',
        node: process.version,
        brief,
        spans: ROUNDS * SPANS_PER_ROUND,
        loads: report,
        patterns: measurePatterns(PatternScanner),
        nanosOfUrl: measureUrls(PatternScanner),
        removing32KiBTo32Bytes: round(added('llm32KiB', 'redaction') / added('llm32Bytes', 'redaction'), 2),
      },
      null,
      2,
    ),
  );
  await scanner.remove();
}

const SENTENCE =
  'The request to the model failed, because its field "temperature" exceeded the limit of 2 at line 123. ';

/** Text with something to find in each thousand characters, and records as JSON, in which many numbers are. */
const texts: Record<string, string> = {
  prose: `${SENTENCE.repeat(10)}Write to bob@example.com, or call +49 170 1234567. `.repeat(100),
  records: Array.from(
    { length: 1_000 },
    (_, at) =>
      `{"id":"${at.toString(16)}-f00d-4a7e","ms":${at * 1.5},"at":"2026-11-25T10:11:12.123Z","ok":true}`,
  ).join(','),
};

/** MB/s of all patterns in one pass, and of each in a pass of its own, one after the other, as on most texts. */
function measurePatterns(PatternScanner: typeof Scanner) {
  const scannerOf = (names: readonly BuiltInPattern[]) =>
    new PatternScanner(Object.fromEntries(names.map((name) => [name, () => '[REDACTED]'])));
  const together = scannerOf(builtInPatterns);
  const apart = builtInPatterns.map((name) => scannerOf([name]));
  return mapValues(texts, (text) => {
    const ways = {
      together: () => void together.replace(text),
      oneAfterTheOther: () => {
        for (const scanner of apart) scanner.replace(text);
      },
    };
    const medians = mapValues(
      millisByTurns(ways, { warmUp: WARM_UP_ROUNDS, rounds: Math.ceil(ROUNDS / 5) }),
      median,
    );
    return {
      megabytesPerSecond: mapValues(medians, (spent) => round(text.length / 1_000 / spent, 0)),
      togetherToOneAfterTheOther: round(medians.together / medians.oneAfterTheOther, 2),
    };
  });
}

/** What it takes to find nothing in the URLs of the HTTP spans, and what it would take without the prefilter. */
function measureUrls(PatternScanner: typeof Scanner) {
  const scanner = new PatternScanner(
    Object.fromEntries(builtInPatterns.map((name) => [name, () => '[REDACTED]'])),
  );
  const urls = loads.http?.atEnd.map((attributes) => String(attributes['url.full'])) ?? [];
  const ways = {
    withPrefilter: (url: string) => scanner.replace(url),
    withoutPrefilter: (url: string) => scanner.replaceUnfiltered(url),
  };
  const millis = millisByTurns(
    mapValues(ways, (replace) => () => {
      for (let time = 0; time < 50; time++) for (const url of urls) replace(url);
    }),
    { warmUp: WARM_UP_ROUNDS, rounds: ROUNDS },
  );
  return mapValues(millis, (taken) => round((median(taken) * 1e6) / (50 * urls.length), 0));
}

/** Medians of what a span costs from its start to the return of `end()`, and of what each round adds to the control's. */
function measure({ atStart, atEnd }: Load) {
  const millis = millisByTurns(
    mapValues(setups, (setup) => {
      const tracer = new BasicTracerProvider({ spanProcessors: [setup()] }).getTracer('bench');
      return () => {
        for (let i = 0; i < SPANS_PER_ROUND; i++) span(tracer, atStart, atEnd[i % atEnd.length]);
      };
    }),
    { warmUp: WARM_UP_ROUNDS, rounds: ROUNDS },
  );
  const nanos = mapValues(millis, (taken) => taken.map((value) => (value * 1e6) / SPANS_PER_ROUND));
  const { control } = nanos;
  const addedNanos = mapValues(nanos, (values) =>
    median(values.map((value, at) => value - (control[at] ?? 0))),
  );
  return {
    medianNanos: mapValues(nanos, (values) => round(median(values), 0)),
    addedNanos: mapValues(addedNanos, (value) => round(value, 0)),
    addedPercent: mapValues(addedNanos, (value) => round((value / median(control)) * 100, 1)),
  };
}

function span(tracer: Tracer, atStart: Attributes, atEnd: Attributes = {}): void {
  const started = tracer.startSpan('chat gpt-4o', { attributes: atStart });
  started.setAttributes(atEnd);
  started.end();
}

function llmLoad(contentLength: number | undefined): Load {
  const text = (at: number) => `${at} lorem ipsum `.repeat(3_000).slice(0, contentLength);
  return {
    atStart: {
      'llm.provider': 'openai',
      'llm.model': 'gpt-4o-2024-08-06',
      'llm.temperature': 0.7,
      'llm.max_tokens': 1_024,
      'llm.streaming': true,
      'llm.prompt.message_count': 3,
    },
    atEnd: Array.from({ length: 64 }, (_, at) => ({
      ...(contentLength === undefined
        ? { 'llm.chunks': 31, 'llm.ttft_ms': 212.5 }
        : { 'llm.prompt': text(at) }),
      'llm.tokens.input': 812 + at,
      'llm.tokens.output': 133,
      'llm.tokens.total': 945 + at,
      'llm.stop_reason': 'stop',
      'llm.success': true,
      'llm.retry_count': 0,
      'llm.latency_ms': 1_523.25,
      ...(contentLength !== undefined && { 'llm.response': text(at + 64) }),
    })),
  };
}

main();
