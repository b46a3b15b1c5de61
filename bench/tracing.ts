// CPU that tracing adds to a call of the official OpenAI client, plain and per streamed chunk, over loopback.
// Wrapped and unwrapped rounds alternate; the figures are medians over rounds, the difference that of pairs.
// npx tsx bench/tracing.ts [--brief]
import { forkFakeProvider, installContextManager } from '@llm-otel/testing';
import { wrapOpenAI } from '@llm-otel/tracing';
import { BasicTracerProvider, NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import OpenAI from 'openai';

const brief = process.argv.includes('--brief');
const CHUNKS_PER_STREAM = 1_000;
// Short rounds, and many: what else the machine does then falls on both alike.
const PLAIN = { rounds: brief ? 100 : 2_000, callsPerRound: 10 };
const STREAMED = { rounds: brief ? 40 : 600, callsPerRound: 1 };
const WARM_UP = 0.2;

async function main(): Promise<void> {
  // As an application with OpenTelemetry has it; it costs wrapped and unwrapped calls alike.
  const uninstall = installContextManager();
  const fake = await forkFakeProvider();
  const chunks = Array.from({ length: CHUNKS_PER_STREAM }, (_, at) => `word${at} `);
  await fake.replyAlways({ chunks });

  const unwrapped = new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl });
  const provider = new BasicTracerProvider({ spanProcessors: [new NoopSpanProcessor()] });
  const wrapped = wrapOpenAI(unwrapped, { tracerProvider: provider });

  const streaming = await compare(unwrapped, wrapped, stream, STREAMED);
  await fake.replyAlways(undefined);
  const plain = await compare(unwrapped, wrapped, call, PLAIN);
  const report = {
    bench: 'tracing',
    node: process.version,
    brief,
    plainCall: { calls: PLAIN.rounds * PLAIN.callsPerRound, cpuMicrosPerCall: plain, barAddedMicros: 25 },
    streamedChunk: {
      chunks: STREAMED.rounds * CHUNKS_PER_STREAM,
      cpuMicrosPerChunk: perChunk(streaming),
      barAddedMicros: 0.5,
    },
  };
  console.log(JSON.stringify(report, null, 2));
  await fake.close();
  uninstall();
}

const body = {
  model: 'gpt-4o',
  messages: [
    { role: 'system' as const, content: 'You are a bench.' },
    { role: 'user' as const, content: 'Answer as you always do.' },
  ],
};

async function call(client: OpenAI): Promise<void> {
  await client.chat.completions.create(body);
}

async function stream(client: OpenAI): Promise<void> {
  const response = await client.chat.completions.create({
    ...body,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const _ of response);
}

interface Comparison {
  readonly unwrapped: number;
  readonly wrapped: number;
  /** Median of the differences of neighbouring rounds, with the middle half of them. */
  readonly added: number;
  readonly addedQuartiles: readonly [number, number];
}

async function compare(
  unwrapped: OpenAI,
  wrapped: OpenAI,
  work: (client: OpenAI) => Promise<void>,
  { rounds, callsPerRound }: typeof PLAIN,
): Promise<Comparison> {
  const micros = { unwrapped: [] as number[], wrapped: [] as number[] };
  const added: number[] = [];
  for (let round = -Math.ceil(rounds * WARM_UP); round < rounds; round++) {
    const measured = { unwrapped: 0, wrapped: 0 };
    const order = [
      ['unwrapped', unwrapped],
      ['wrapped', wrapped],
    ] as const;
    // Each goes first as often as the other.
    for (const [name, client] of round % 2 === 0 ? order : order.toReversed())
      measured[name] = await cpuMicros(() => work(client), callsPerRound);
    if (round < 0) continue;
    micros.unwrapped.push(measured.unwrapped);
    micros.wrapped.push(measured.wrapped);
    added.push(measured.wrapped - measured.unwrapped);
  }
  return {
    unwrapped: quantile(micros.unwrapped, 0.5),
    wrapped: quantile(micros.wrapped, 0.5),
    added: quantile(added, 0.5),
    addedQuartiles: [quantile(added, 0.25), quantile(added, 0.75)],
  };
}

async function cpuMicros(work: () => Promise<void>, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < count; at++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * at)] ?? Number.NaN, 1);
}

function perChunk({ unwrapped, wrapped, added, addedQuartiles: [low, high] }: Comparison): Comparison {
  const per = (micros: number) => round(micros / CHUNKS_PER_STREAM, 3);
  return {
    unwrapped: per(unwrapped),
    wrapped: per(wrapped),
    added: per(added),
    addedQuartiles: [per(low), per(high)],
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

void main();
