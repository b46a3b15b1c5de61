// The masking of others and ours on the same spans, those that 21 peers were recorded with: which content still reaches
// the bytes of the stock OTLP exporter, and what a span costs.
// npm run -s bench [-- --brief]
import { OITracer } from '@arizeai/openinference-core';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import type { AttributeValue, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { LlmRedactionSpanProcessor } from '../../../packages/redaction-span-processor/dist/index.js';
import { type ReceivedSpan, startOtlpReceiver } from '../../../packages/testing/dist/index.js';
import { type FixtureSpan, readFixtures, recordedPeers } from '../fixtures.js';

const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 5 : 101;
const WARM_UP_ROUNDS = brief ? 2 : 20;
/** As many spans as are flushed at once: fewer than fill a queue. */
const BATCH = 500;

interface Contender {
  readonly processors: (exporter: SpanExporter) => SpanProcessor[];
  readonly tracer?: (tracer: Tracer) => Tracer;
}

const everythingHidden = {
  hideInputs: true,
  hideOutputs: true,
  hideInputMessages: true,
  hideOutputMessages: true,
  hideInputImages: true,
  hideInputText: true,
  hideOutputText: true,
  hideEmbeddingVectors: true,
  hidePrompts: true,
  hideLLMTools: true,
};

const contenders: Readonly<Record<string, Contender>> = {
  nothing: { processors: (exporter) => [batching(exporter)] },
  '@langfuse/otel, mask': {
    processors: (exporter) => [
      new LangfuseSpanProcessor({
        exporter,
        publicKey: 'pk-lf-test',
        secretKey: 'sk-lf-test',
        mask: () => '[MASKED]',
        shouldExportSpan: () => true,
        mediaUploadEnabled: false,
        flushAt: BATCH,
      }),
    ],
  },
  'OpenInference, all ten hide options': {
    processors: (exporter) => [batching(exporter)],
    tracer: (tracer) => new OITracer({ tracer, traceConfig: everythingHidden }),
  },
  LlmRedactionSpanProcessor: {
    processors: (exporter) => [new LlmRedactionSpanProcessor(), batching(exporter)],
  },
};

/** The spans that each question is asked of: the dialects that a contender was made for, and all. */
const spanSets: Readonly<Record<string, readonly FixtureSpan[]>> = {
  langfuse: spansOf(/^langfuse(?!-ai)/),
  openinference: spansOf(/^openinference/),
  all: spansOf(/./),
};

async function main(): Promise<void> {
  const leaks: Record<string, object> = {};
  for (const [name, contender] of Object.entries(contenders)) leaks[name] = await leaksOf(contender);
  console.log(
    JSON.stringify(
      { bench: 'masking', node: process.version, brief, rounds: ROUNDS, leaks, cost: await measure() },
      null,
      2,
    ),
  );
}

/** How many spans still carry content, and under how many keys. */
async function leaksOf(contender: Contender): Promise<object> {
  const found: Record<string, object> = {};
  for (const [set, spans] of Object.entries(spanSets)) {
    const receiver = await startOtlpReceiver();
    const subject = prepare(contender, new OTLPTraceExporter({ url: receiver.url }));
    await run(subject, spans);
    const leaking = receiver.spans.map(placesOfContent).filter((places) => places.length > 0);
    found[set] = {
      spans: receiver.spans.length,
      leaking: leaking.length,
      keys: new Set(leaking.flat()).size,
    };
    await receiver.close();
  }
  return found;
}

function placesOfContent({ name, status, attributes, events }: ReceivedSpan): string[] {
  const places = Object.entries({ ...attributes, 'span name': name, 'status.message': status.message });
  for (const event of events)
    for (const [key, value] of Object.entries(event.attributes))
      places.push([`${event.name}: ${key}`, value]);
  return places
    .filter(([, value]) => /Canary/.test(JSON.stringify(value) ?? ''))
    .map(([key]) => key.replace(/\.\d+(?=\.|$)/g, '.*'));
}

/** Medians of what a span costs, from its start to the end of the flush, to an exporter that does nothing. */
async function measure(): Promise<object> {
  const subjects = Object.values(contenders).map((contender) => prepare(contender, discarding));
  const micros = subjects.map((): number[] => []);
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++)
    for (let turn = 0; turn < subjects.length; turn++) {
      // Each goes first as often as the others.
      const at = (turn + round + WARM_UP_ROUNDS) % subjects.length;
      const start = performance.now();
      await run(subjects[at], spanSets.all);
      const took = ((performance.now() - start) * 1_000) / spanSets.all.length;
      if (round >= 0) micros[at].push(took);
    }
  const [control = []] = micros;
  return Object.fromEntries(
    Object.keys(contenders).map((name, at) => [
      name,
      {
        microsPerSpan: round(median(micros[at])),
        addedMicros: round(median(micros[at].map((value, index) => value - control[index]))),
      },
    ]),
  );
}

interface Subject {
  readonly provider: BasicTracerProvider;
  readonly tracers: Map<string, Tracer>;
  readonly wrap: (tracer: Tracer) => Tracer;
}

function prepare({ processors, tracer = (given) => given }: Contender, exporter: SpanExporter): Subject {
  const provider = new BasicTracerProvider({ spanProcessors: processors(exporter) });
  return { provider, tracers: new Map(), wrap: tracer };
}

async function run(subject: Subject, spans: readonly FixtureSpan[]): Promise<void> {
  for (let from = 0; from < spans.length; from += BATCH) {
    for (const span of spans.slice(from, from + BATCH)) emit(tracerOf(subject, span), span);
    await subject.provider.forceFlush();
  }
}

function tracerOf({ provider, tracers, wrap }: Subject, { instrumentationScope }: FixtureSpan): Tracer {
  const { name, version } = instrumentationScope;
  let tracer = tracers.get(name);
  if (tracer === undefined) {
    tracer = wrap(provider.getTracer(name, version));
    tracers.set(name, tracer);
  }
  return tracer;
}

function emit(tracer: Tracer, { name, kind, attributes, events, status }: FixtureSpan): void {
  const span = tracer.startSpan(name, { kind });
  for (const key in attributes) span.setAttribute(key, attributes[key] as AttributeValue);
  for (const event of events) span.addEvent(event.name, event.attributes as Record<string, AttributeValue>);
  span.setStatus(status);
  span.end();
}

function spansOf(peer: RegExp): FixtureSpan[] {
  const fixtures = recordedPeers()
    .filter((name) => peer.test(name))
    .flatMap(readFixtures);
  return fixtures
    .flatMap(({ spans }) => spans)
    .filter(({ instrumentationScope }) => instrumentationScope.name !== 'application');
}

function batching(exporter: SpanExporter): BatchSpanProcessor {
  return new BatchSpanProcessor(exporter, { maxExportBatchSize: BATCH });
}

const discarding: SpanExporter = {
  export: (_spans, done) => done({ code: 0 }),
  shutdown: async () => undefined,
};

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

await main();
