import { defaultSdkLine } from '@llm-otel/testing';
import {
  type Attributes,
  type Context,
  createTraceState,
  ROOT_CONTEXT,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { type ReadableSpan, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';

const RESOURCES: readonly Attributes[] = [
  { 'service.name': 'checkout', 'service.version': '1.2.3', 'host.cpus': 8 },
  { 'service.name': 'überprüfung', 'deployment.environment.name': 'prod', tags: ['a', 'b'] },
];
const SCOPES: readonly (readonly [name: string, version?: string])[] = [
  ['openai', '6.49.0'],
  ['langchain'],
  ['app', '0.0.1-rc.1'],
];
const TEXTS = [
  '',
  'plain',
  'Grüße aus Köln',
  '日本語',
  '🙂 👩‍👩‍👧',
  '" \\ \n \u0000 \u2028',
  'x'.repeat(2_000),
];
const NUMBERS = [0, 1, -1, 0.5, -1.25e-7, 1e21, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 1 - 2 ** 53];

/** Makes spans of many shapes through the SDK, and ends them. @returns them, as exporters got them, by their ids */
export async function sendVariedSpans(
  exporter: SpanExporter,
  count: number,
): Promise<ReadonlyMap<string, ReadableSpan>> {
  const sent = new Map<string, ReadableSpan>();
  const toExporter = new SimpleSpanProcessor(exporter);
  const recorder = {
    onStart: () => undefined,
    onEnd: (span: ReadableSpan) => void sent.set(span.spanContext().spanId, span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const tracers = RESOURCES.flatMap((resource) => {
    const provider = defaultSdkLine.createProvider({ spanProcessors: [recorder, toExporter], resource });
    return SCOPES.map(([name, version]) => provider.getTracer(name, version));
  });
  let parent = ROOT_CONTEXT;
  for (let at = 0; at < count; at++) {
    parent = endSpan(pick(tracers, at), at, at % 3 === 0 ? ROOT_CONTEXT : parent);
    // The exporter's turn, as it comes in an application.
    if (at % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await exporter.forceFlush?.();
  return sent;
}

/** @returns a context in which the span is the parent */
function endSpan(tracer: Tracer, at: number, parent: Context): Context {
  const text = pick(TEXTS, at);
  const parentContext = trace.getSpanContext(parent);
  const span = tracer.startSpan(
    `chat ${at} ${at % 50 === 0 ? text : ''}`,
    {
      kind: at % 5,
      attributes: {
        'test.at': at,
        'llm.prompt': text,
        number: pick(NUMBERS, at),
        stream: at % 2 === 0,
        strings: [text, 'b'],
        numbers: [at, -at, 0.5],
        booleans: [true, at % 3 === 0],
        none: [],
      },
      links: at % 8 === 1 && parentContext ? [{ context: parentContext, attributes: { text } }] : [],
    },
    parent,
  );
  if (at % 4 === 0) span.addEvent(`retry ${text}`, { attempt: at % 7, text });
  if (at % 6 === 0) span.setStatus({ code: SpanStatusCode.ERROR, message: `failed: ${text}` });
  if (at % 6 === 1) span.setStatus({ code: SpanStatusCode.OK });
  span.end();
  const context = span.spanContext();
  return at % 9 === 0
    ? trace.setSpanContext(ROOT_CONTEXT, {
        ...context,
        isRemote: true,
        traceState: createTraceState('a=1,b=2'),
      })
    : trace.setSpan(ROOT_CONTEXT, span);
}

function pick<T>(list: readonly T[], at: number): T {
  return list[at % list.length] as T;
}
