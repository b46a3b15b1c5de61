import {
  type OtlpReceiver,
  recordingProvider,
  type SdkLine,
  sdkLines,
  startOtlpReceiver,
} from '@llm-otel/testing';
import { type Attributes, type Span, SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { estimateSpanBytes } from '../src/span-size.js';

function spanWith(fill: (span: Span) => void, sdk?: SdkLine): ReadableSpan {
  const { tracer, spans } = recordingProvider([], sdk ? { sdk } : {});
  const span = tracer.startSpan('chat gpt-4o');
  fill(span);
  span.end();
  const [ended] = spans;
  if (ended === undefined) throw new Error('no span');
  return ended;
}
const attributes = (given: Attributes) => (span: Span) => void span.setAttributes(given);

const english = 'The quick brown fox jumps over the lazy dog. '.repeat(500);
const german = 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. '.repeat(500);
const llmCall = {
  'llm.model': 'gpt-4o',
  'llm.provider': 'openai',
  'llm.latency_ms': 412.5,
  'llm.success': true,
  'llm.tokens.input': 1_000,
  'llm.tokens.output': 50,
  'llm.cost_usd': 0.0123,
  'llm.stop_reason': 'stop',
};

/** What the span is, and by how much the estimate may be off, either way. */
const cases: [string, number, (span: Span) => void][] = [
  ['nothing but a name', 1.25, () => undefined],
  ['what an LLM call records', 1.25, attributes(llmCall)],
  ['an English prompt', 1.02, attributes({ ...llmCall, 'llm.prompt': english })],
  [
    'a Chinese prompt',
    1.02,
    attributes({ ...llmCall, 'llm.prompt': '你好世界，这是一个提示。'.repeat(500) }),
  ],
  [
    'a Russian prompt',
    1.25,
    attributes({ 'llm.prompt': 'Съешь же ещё этих мягких французских булок. '.repeat(500) }),
  ],
  ['a prompt of emoji', 1.02, attributes({ 'llm.prompt': '🦊🐶'.repeat(5_000) })],
  ['a German prompt', 1.25, attributes({ 'llm.prompt': german })],
  [
    'a prompt with much JSON around it',
    1.02,
    attributes({ p: JSON.stringify(Array(200).fill({ role: 'user', content: 'x' })) }),
  ],
  ['half a line of English, half Chinese', 1.25, attributes({ p: `${english}${'你好世界'.repeat(5_625)}` })],
  [
    'short Chinese values',
    1.25,
    attributes(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, '你好世界']))),
  ],
  [
    'arrays',
    1.5,
    attributes({
      numbers: Array(500).fill(1.5),
      flags: Array(500).fill(true),
      texts: Array(500).fill('abc'),
    }),
  ],
  [
    '128 small attributes',
    1.5,
    attributes(Object.fromEntries(Array.from({ length: 128 }, (_, i) => [`key.${i}`, i]))),
  ],
  [
    'an exception',
    1.25,
    (span) => {
      span.recordException(new Error('it failed'));
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'it failed' });
    },
  ],
  [
    'events and links',
    1.25,
    (span) => {
      for (let i = 0; i < 100; i++) {
        span.addEvent('gen_ai.choice', { index: i, finish_reason: 'stop' });
        span.addLink({ context: span.spanContext(), attributes: { kind: 'retry' } });
      }
    },
  ],
];

describe('estimateSpanBytes, beside what the stock exporter puts on the wire', () => {
  let receiver: OtlpReceiver;
  let exporter: OTLPTraceExporter;
  before(async () => {
    receiver = await startOtlpReceiver();
    exporter = new OTLPTraceExporter({ url: receiver.url });
  });
  after(async () => {
    await exporter.shutdown();
    await receiver.close();
  });

  async function requestBytes(...spans: ReadableSpan[]): Promise<number> {
    await new Promise((resolve) => exporter.export(spans, resolve));
    return receiver.bodies.at(-1)?.length ?? Number.NaN;
  }

  // Of two equal spans in one request the second one adds only itself.
  const wireBytes = async (span: ReadableSpan) =>
    (await requestBytes(span, span)) - (await requestBytes(span));

  for (const [name, factor, fill] of cases)
    it(`is within a factor of ${factor}: ${name}`, async () => {
      const span = spanWith(fill);
      const ratio = estimateSpanBytes(span) / (await wireBytes(span));
      expect(ratio).to.be.within(1 / factor, factor);
    });

  it('is within a factor of 1.25 for nested values and bytes of SDK 3.1', async () => {
    const sdk3 = sdkLines.find(({ hasAnyValueAttributes }) => hasAnyValueAttributes);
    const messages = Array.from({ length: 20 }, (_, i) => ({
      role: 'user',
      content: [{ type: 'text', text: english }],
      index: i,
      cached: false,
      nothing: null,
    }));
    const fill = (span: Span) =>
      void Reflect.apply(span.setAttribute, span, ['messages', messages]).setAttribute('n', 1);
    const span = spanWith((given) => {
      fill(given);
      Reflect.apply(given.setAttribute, given, ['bytes', new Uint8Array(5_000)]);
    }, sdk3);
    expect(Object.keys(span.attributes)).to.deep.equal(['messages', 'n', 'bytes']);
    expect(estimateSpanBytes(span) / (await wireBytes(span))).to.be.within(1 / 1.25, 1.25);
  });
});

describe('estimateSpanBytes', () => {
  for (const sdk of sdkLines)
    it(`gives the same for a span of SDK ${sdk.name} as for one of 2.12`, () => {
      for (const [name, , fill] of cases)
        if (name !== 'an exception')
          expect(estimateSpanBytes(spanWith(fill, sdk)), name).to.equal(estimateSpanBytes(spanWith(fill)));
    });

  it('takes no longer for a long prompt than for a short one', () => {
    const time = (span: ReadableSpan) => {
      const start = performance.now();
      for (let i = 0; i < 20_000; i++) estimateSpanBytes(span);
      return performance.now() - start;
    };
    const short = spanWith(attributes({ ...llmCall, 'llm.prompt': 'x'.repeat(100) }));
    const long = spanWith(attributes({ ...llmCall, 'llm.prompt': 'x'.repeat(10_000_000) }));
    time(short);
    time(long);
    // 5 for the noise; reading the text would take 100,000 times as long.
    expect(time(long)).to.be.lessThan(5 * time(short) + 50);
  });

  it('comes to an end on attributes that contain themselves', () => {
    const cyclic: Record<string, unknown> = { name: 'a' };
    for (let i = 0; i < 100; i++) cyclic[`self${i}`] = [cyclic, cyclic];
    const span: ReadableSpan = Object.create(
      spanWith(() => undefined),
      { attributes: { value: { cyclic } } },
    );
    const start = performance.now();
    expect(estimateSpanBytes(span)).to.be.greaterThan(1_000);
    expect(performance.now() - start).to.be.lessThan(100);
  });

  it('takes values of no known kind for nothing', () => {
    const odd = { a: null, b: undefined, c: Symbol('s'), d: () => 1, e: 10n };
    const span: ReadableSpan = Object.create(
      spanWith(() => undefined),
      { attributes: { value: odd } },
    );
    expect(estimateSpanBytes(span)).to.equal(estimateSpanBytes(spanWith(() => undefined)) + 5 * 10);
  });
});
