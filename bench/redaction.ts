// What redaction adds to the cost of a span in the SDK, in one run: spans of LLM calls with 15 attributes, with
// 32 bytes and 32 KiB of content; spans that have nothing to do with LLM calls.
// npx tsx bench/redaction.ts [--brief]
import { LlmRedactionSpanProcessor, redactingSpanProcessor } from '@llm-otel/redaction-span-processor';
import type { Attributes, Tracer } from '@opentelemetry/api';
import { BasicTracerProvider, NoopSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 31 : 301;
const SPANS_PER_ROUND = 1_000;
const WARM_UP_ROUNDS = 20;

const setups: Record<string, () => SpanProcessor> = {
  control: () => new NoopSpanProcessor(),
  redaction: () => new LlmRedactionSpanProcessor(),
  mask: () => new LlmRedactionSpanProcessor({ content: 'mask' }),
  view: () => redactingSpanProcessor(new NoopSpanProcessor()),
};

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
      'url.full': 'https://example.com/things/7',
      'url.scheme': 'https',
      'server.address': 'example.com',
      'server.port': 443,
    },
    atEnd: [
      {
        'network.peer.address': '192.0.2.7',
        'network.peer.port': 443,
        'network.protocol.version': '1.1',
        'http.response.status_code': 200,
        'user_agent.original': 'node',
      },
    ],
  },
};

function main(): void {
  const report = Object.fromEntries(Object.entries(loads).map(([name, load]) => [name, measure(load)]));
  const added = (load: string, setup: string) => report[load]?.addedNanos[setup] ?? Number.NaN;
  console.log(
    JSON.stringify(
      {
        bench: 'redaction',
        node: process.version,
        brief,
        spans: ROUNDS * SPANS_PER_ROUND,
        loads: report,
        removing32KiBTo32Bytes: round(added('llm32KiB', 'redaction') / added('llm32Bytes', 'redaction'), 2),
      },
      null,
      2,
    ),
  );
}

/** Medians of what a span costs from its start to the return of `end()`, and of what each round adds to the control's. */
function measure({ atStart, atEnd }: Load) {
  const contenders = Object.entries(setups).map(([name, setup]) => ({
    name,
    tracer: new BasicTracerProvider({ spanProcessors: [setup()] }).getTracer('bench'),
    nanos: [] as number[],
  }));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (let at = 0; at < contenders.length; at++) {
      // Each goes first as often as the others.
      const current = contenders[(at + round + WARM_UP_ROUNDS) % contenders.length];
      if (current === undefined) continue;
      const start = performance.now();
      for (let i = 0; i < SPANS_PER_ROUND; i++) span(current.tracer, atStart, atEnd[i % atEnd.length]);
      const nanos = ((performance.now() - start) * 1e6) / SPANS_PER_ROUND;
      if (round >= 0) current.nanos.push(nanos);
    }
  }
  const medians = Object.fromEntries(contenders.map(({ name, nanos }) => [name, median(nanos)]));
  const control = contenders.find(({ name }) => name === 'control')?.nanos ?? [];
  const addedNanos = Object.fromEntries(
    contenders.map(({ name, nanos }) => [name, median(nanos.map((value, at) => value - (control[at] ?? 0)))]),
  );
  return {
    medianNanos: mapValues(medians, (value) => round(value, 0)),
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function mapValues(values: Record<string, number>, map: (value: number) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}

main();
