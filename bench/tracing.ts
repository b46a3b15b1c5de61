// CPU that tracing adds to calls of the official OpenAI client, beside a span written by hand around the same call.
// `loopback` goes over HTTP to a provider in another process; `inProcess` has a fetch with a ready answer, which
// leaves out the noise of sockets and waking up. `iteration` has a stream of chunks that are parsed already.
// Rounds alternate; medians over rounds, of differences in pairs.
// npx tsx bench/tracing.ts [--brief]
import { forkFakeProvider, installContextManager } from '@llm-otel/testing';
import { wrapOpenAI } from '@llm-otel/tracing';
import { context, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { BasicTracerProvider, NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import OpenAI from 'openai';
import { Stream } from 'openai/streaming';
import { median, round } from './support/statistics.js';

const brief = process.argv.includes('--brief');
// Short rounds, and many: what else the machine does then falls on all alike.
const LOOPBACK = { rounds: brief ? 50 : 1_000, perRound: 10 };
const IN_PROCESS = { rounds: brief ? 50 : 300, perRound: 200 };
const STREAMS = { rounds: brief ? 20 : 300, perRound: 1 };
const CHUNKS_PER_STREAM = 1_000;
// So long that what a call costs does not show.
const ITERATION = { rounds: brief ? 10 : 100, perRound: 1 };
const CHUNKS_TO_ITERATE = 10_000;
const WARM_UP = 0.3;

const tracerProvider = new BasicTracerProvider({ spanProcessors: [new NoopSpanProcessor()] });
const body = {
  model: 'gpt-4o',
  messages: [
    { role: 'system' as const, content: 'You are a bench.' },
    { role: 'user' as const, content: 'Answer as you always do.' },
  ],
};

async function main(): Promise<void> {
  // As an application with OpenTelemetry has it; on Node 20 it costs every promise, traced or not.
  const uninstall = installContextManager();
  const fake = await forkFakeProvider();
  const loopback = await compare(
    plainCalls(new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl })),
    LOOPBACK,
  );
  await fake.close();
  const inProcess = await compare(plainCalls(withAnswer('application/json', completion)), IN_PROCESS);
  const streamed = await compare(streams(withAnswer('text/event-stream', completionChunks())), STREAMS);
  const iterated = await compare(iterations(), ITERATION);
  const report = {
    bench: 'tracing',
    node: process.version,
    brief,
    plainCallCpuMicros: { loopback, inProcess, barAdded: 25 },
    streamedChunkCpuMicros: {
      inProcess: perChunk(streamed, CHUNKS_PER_STREAM),
      iteration: perChunk(iterated, CHUNKS_TO_ITERATE),
      barAdded: 0.5,
    },
  };
  console.log(JSON.stringify(report, null, 2));
  uninstall();
}

type Variants = Readonly<Record<string, () => Promise<unknown>>>;

function plainCalls(client: OpenAI): Variants {
  const wrapped = wrapOpenAI(client, { tracerProvider });
  const tracer = tracerProvider.getTracer('by hand');
  return {
    unwrapped: () => client.chat.completions.create(body),
    bareSpan: () => bareSpan(tracer, client),
    handWrittenSpan: () => spanByHand(tracer, client),
    wrapped: () => wrapped.chat.completions.create(body),
  };
}

function streams(client: OpenAI): Variants {
  const wrapped = wrapOpenAI(client, { tracerProvider });
  const read = async (from: OpenAI) => {
    const stream = await from.chat.completions.create({ ...body, stream: true });
    for await (const _ of stream);
  };
  return { unwrapped: () => read(client), wrapped: () => read(wrapped) };
}

/** The client's own stream over chunks that are there, beside a generator written by hand around it. */
function iterations(): Variants {
  const chunks = Array.from({ length: CHUNKS_TO_ITERATE }, (_, at) => JSON.parse(chunkJson(at)));
  class ReadyClient {
    readonly chat = {
      completions: {
        create: async (_: object) =>
          new Stream<unknown>(async function* () {
            yield* chunks;
          }, new AbortController()),
      },
    };
    withOptions(): ReadyClient {
      return new ReadyClient();
    }
  }
  const client = new ReadyClient();
  const wrapped = wrapOpenAI(client, { tracerProvider });
  const request = { ...body, stream: true };
  const read = async (from: ReadyClient) => {
    for await (const _ of await from.chat.completions.create(request));
  };
  return {
    unwrapped: () => read(client),
    handWrittenGenerator: async () => {
      for await (const _ of passedOn(await client.chat.completions.create(request)));
    },
    wrapped: () => read(wrapped),
  };
}

async function* passedOn(stream: AsyncIterable<unknown>): AsyncIterable<unknown> {
  for await (const chunk of stream) yield chunk;
}

/** The least that a span takes: without attributes, and active for nothing. */
async function bareSpan(tracer: Tracer, client: OpenAI): Promise<void> {
  const span = tracer.startSpan('chat gpt-4o', { kind: SpanKind.CLIENT });
  await client.chat.completions.create(body);
  span.end();
}

/** The least that a span with these attributes takes. */
async function spanByHand(tracer: Tracer, client: OpenAI): Promise<void> {
  const start = performance.now();
  const attributes = {
    'llm.provider': 'openai',
    'llm.model': body.model,
    'llm.prompt.message_count': body.messages.length,
    'llm.prompt.system_length': 16,
    'llm.streaming': false,
  };
  const span = tracer.startSpan('chat gpt-4o', { kind: SpanKind.CLIENT, attributes });
  const response = await context.with(trace.setSpan(context.active(), span), () =>
    client.chat.completions.create(body),
  );
  span.setAttributes({
    'llm.model': response.model,
    'llm.stop_reason': response.choices[0]?.finish_reason ?? '',
    'llm.response.length': response.choices[0]?.message.content?.length ?? 0,
    'llm.tokens.input': response.usage?.prompt_tokens ?? 0,
    'llm.tokens.output': response.usage?.completion_tokens ?? 0,
    'llm.tokens.total': response.usage?.total_tokens ?? 0,
    'llm.latency_ms': performance.now() - start,
    'llm.success': true,
    'llm.retry_count': 0,
  });
  span.end();
}

function withAnswer(contentType: string, answer: string): OpenAI {
  const bytes = new TextEncoder().encode(answer);
  const fetch = async () => new Response(bytes, { headers: { 'content-type': contentType } });
  return new OpenAI({ apiKey: 'key', fetch });
}

const completion = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: 'As always.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 20, completion_tokens: 8, total_tokens: 28 },
});

function completionChunks(): string {
  const events = Array.from({ length: CHUNKS_PER_STREAM }, (_, at) => `data: ${chunkJson(at)}\n\n`);
  return `${events.join('')}data: [DONE]\n\n`;
}

function chunkJson(at: number): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, delta: { content: `word${at} ` }, finish_reason: null }],
  });
}

interface Figures {
  readonly median: number;
  /** Above the first variant, in the same round. */
  readonly added: number;
}

async function compare(
  variants: Variants,
  { rounds, perRound }: typeof LOOPBACK,
): Promise<Record<string, Figures>> {
  const measured = Object.entries(variants).map(([name, work]) => ({ name, work, micros: [] as number[] }));
  for (let round = -Math.ceil(rounds * WARM_UP); round < rounds; round++)
    // Each goes first as often as the others.
    for (let at = 0; at < measured.length; at++) {
      const variant = measured[Math.abs(at + round) % measured.length];
      if (variant === undefined) continue;
      const micros = await cpuMicros(variant.work, perRound);
      if (round >= 0) variant.micros.push(micros);
    }
  const base = measured[0]?.micros ?? [];
  return Object.fromEntries(
    measured.map(({ name, micros }) => [
      name,
      {
        median: round(median(micros), 1),
        added: round(median(micros.map((each, at) => each - (base[at] ?? Number.NaN))), 1),
      },
    ]),
  );
}

async function cpuMicros(work: () => Promise<unknown>, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < times; at++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

function perChunk(figures: Record<string, Figures>, chunks: number): Record<string, Figures> {
  const per = (micros: number) => round(micros / chunks, 3);
  return Object.fromEntries(
    Object.entries(figures).map(([name, { median, added }]) => [
      name,
      { median: per(median), added: per(added) },
    ]),
  );
}

void main();
