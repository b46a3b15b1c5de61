// Calls of the official OpenAI client without tracing, with spans written by hand, and wrapped.
import { wrapOpenAI } from '@llm-otel/tracing';
import { context, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { BasicTracerProvider, NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import OpenAI from 'openai';
import { Stream } from 'openai/streaming';

export const CHUNKS_PER_STREAM = 1_000;
// So long that what a call costs does not show.
export const CHUNKS_TO_ITERATE = 10_000;

/** The first is what the others are compared with. */
export const variantsOf = {
  /** Over HTTP, to a provider in another process. */
  loopback: (baseURL?: string) => plainCalls(new OpenAI({ apiKey: 'key', baseURL })),
  /** A `fetch` with a ready answer, which leaves out the noise of sockets and waking up. */
  inProcess: () => plainCalls(withAnswer('application/json', completion)),
  streams: () => streams(withAnswer('text/event-stream', completionChunks())),
  /** Chunks that are parsed already. */
  iterations: () => iterations(),
} satisfies Record<string, (baseURL?: string) => Variants>;

export type Scenario = keyof typeof variantsOf;

/** What one measurement does, by name. */
export type Variants = Readonly<Record<string, () => Promise<unknown>>>;

const tracerProvider = new BasicTracerProvider({ spanProcessors: [new NoopSpanProcessor()] });
const body = {
  model: 'gpt-4o',
  messages: [
    { role: 'system' as const, content: 'You are a bench.' },
    { role: 'user' as const, content: 'Answer as you always do.' },
  ],
};

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
