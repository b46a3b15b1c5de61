// Opens many streams at once and abandons each in a way of its own; prints what became of their spans, and the heap
// once all is collected. Run with --expose-gc. Arguments: the number of streams of each round.
import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import { recordDiag, recordingProvider } from '@llm-otel/testing';
import OpenAI from 'openai';
import { traceLlmStream, wrapAnthropic, wrapOpenAI } from '../../src/index.js';

const provider = recordingProvider();
const options = { tracer: provider.tracer };

/** Two chunks, and then nothing more, or the end, or an error. */
function body(lines: readonly string[], after: After): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const rest = [...lines];
  return new ReadableStream({
    async pull(controller) {
      const line = rest.shift();
      if (line !== undefined) controller.enqueue(encoder.encode(`event: ${typeOf(line)}\ndata: ${line}\n\n`));
      else if (after === 'end') controller.close();
      else if (after === 'error') controller.error(new TypeError('terminated'));
      else await new Promise(() => undefined);
    },
  });
}

/** Anthropic's client skips events without a name. */
function typeOf(line: string): string {
  return /"type":"([^"]+)"/.exec(line)?.[1] ?? 'message';
}

type After = 'nothing' | 'end' | 'error';
let after: After = 'nothing';
const fetchOf = (lines: readonly string[]) => async () =>
  new Response(body(lines, after), { headers: { 'content-type': 'text/event-stream' } });

const chatLines = ['a', 'b'].map((content) =>
  JSON.stringify({ choices: [{ index: 0, delta: { content } }] }),
);
const eventLines = ['a', 'b'].map((delta) => JSON.stringify({ type: 'response.output_text.delta', delta }));
const messageLines = ['a', 'b'].map((text) =>
  JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
);
const chat = wrapOpenAI(new OpenAI({ apiKey: 'key', maxRetries: 0, fetch: fetchOf(chatLines) }), options);
const responses = wrapOpenAI(
  new OpenAI({ apiKey: 'key', maxRetries: 0, fetch: fetchOf(eventLines) }),
  options,
);
const messages = wrapAnthropic(
  new Anthropic({ apiKey: 'key', maxRetries: 0, fetch: fetchOf(messageLines) }),
  options,
);

type Opened = AsyncIterable<unknown> & { controller?: AbortController };
const open: readonly (() => Promise<Opened>)[] = [
  () => chat.chat.completions.create({ model: 'gpt-4o', messages: [], stream: true }),
  () => responses.responses.create({ model: 'gpt-4o', input: 'i', stream: true }),
  () => messages.messages.create({ model: 'claude', max_tokens: 9, messages: [], stream: true }),
  () => traceLlmStream({ provider: 'acme', model: 'm', ...options }, async () => generated(after)),
  () => traceLlmStream({ provider: 'acme', model: 'm', ...options }, async () => body(['a', 'b'], after)),
];

async function* generated(then: After) {
  yield* ['a', 'b'];
  if (then === 'error') throw new TypeError('terminated');
  if (then === 'nothing') await new Promise(() => undefined);
}

type Way = (stream: Opened) => unknown;
const ways: readonly (readonly [then: After, way: Way])[] = [
  ['nothing', () => undefined],
  ['nothing', (stream) => stream[Symbol.asyncIterator]().next()],
  [
    'nothing',
    async (stream) => {
      for await (const _ of stream) break;
    },
  ],
  [
    'nothing',
    async (stream) => {
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      stream.controller?.abort();
      await iterator.return?.();
    },
  ],
  ['end', collect],
  [
    'end',
    // Over, left and over again: one end.
    async (stream) => {
      const iterator = stream[Symbol.asyncIterator]();
      while (!(await iterator.next()).done);
      await iterator.return?.();
      await iterator.next();
    },
  ],
  ['error', (stream) => collect(stream).catch(() => undefined)],
];

async function collect(stream: Opened): Promise<void> {
  for await (const _ of stream);
}

/** Not `Math.random`: every run abandons the same. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

async function round(count: number): Promise<void> {
  const next = random(count);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const opened: { stream: Opened; way: Way }[] = [];
  for (let at = 0; at < count; at++) {
    const [then, way] = pick(ways);
    after = then;
    opened.push({ stream: await pick(open)(), way });
  }
  // All are open now.
  await Promise.all(opened.map(({ stream, way }) => way(stream)));
}

/** Collects until it is done and nothing more comes of it: what is finalized is collected the next time. */
async function heapAfterCollection(isDone: () => boolean): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  let inVain = 0;
  for (let at = 0; at < 500 && (inVain < 5 || !isDone()); at++) {
    globalThis.gc?.();
    await sleep(10);
    const { heapUsed } = process.memoryUsage();
    inVain = heapUsed < least ? 0 : inVain + 1;
    least = Math.min(least, heapUsed);
  }
  return least;
}

async function main(): Promise<void> {
  const diag = recordDiag();
  const rounds: { ended: number; distinct: number; ways: Record<string, number>; heapBytes: number }[] = [];
  for (const count of process.argv.slice(2).map(Number)) {
    await round(count);
    await heapAfterCollection(() => provider.spans.length === count);
    const { spans } = provider;
    const distinct = new Set(spans.map((span) => span.spanContext().spanId)).size;
    const ways: Record<string, number> = {};
    for (const { attributes } of spans) {
      const way = `${attributes['llm.error.type'] ?? 'success'}, ${attributes['llm.chunks'] ?? 0} chunks`;
      ways[way] = (ways[way] ?? 0) + 1;
    }
    const ended = spans.length;
    spans.length = 0;
    rounds.push({ ended, distinct, ways, heapBytes: await heapAfterCollection(() => true) });
  }
  console.log(
    JSON.stringify({ rounds, complaints: diag.messages.slice(0, 5).map(({ message }) => message) }),
  );
}

void main();
