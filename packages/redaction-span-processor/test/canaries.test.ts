import {
  LlmRedactionSpanProcessor,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
import { contentCarriers, dialects } from '@llm-otel/semantic-conventions';
import {
  type OtlpReceiver,
  recordingProvider,
  type SdkLine,
  sdkLines,
  startOtlpReceiver,
} from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { expect } from 'chai';
// Everything that was found in the code of the published instrumentations (2026-11), whatever the project's tables say.
import found from './fixtures/known-carriers.json';
import { stays, staysByDesign } from './support/stays.js';

interface Canary {
  readonly where: string;
  /** Attributes of a span that carries the canary, and only what else it needs. */
  readonly attributes?: Attributes;
  readonly event?: { readonly name: string; readonly attributes: Attributes };
}

const tables = [...dialects, ...contentCarriers];
const call: Attributes = { 'llm.model': 'gpt-4o' };

const keys = new Set([...found.keys, ...tables.flatMap(({ content }) => content.keys)]);
const prefixes = new Set([...found.prefixes, ...tables.flatMap(({ content }) => content.prefixes)]);
const mixedKeys = new Set(tables.flatMap(({ content }) => content.mixedJsonKeys));
const events = new Set([...found.events, ...tables.flatMap(({ content }) => content.events)]);

/** One for each place, each with its own text. */
function canaries(textOf: (number: number) => string): Canary[] {
  const list: Canary[] = [];
  const text = () => textOf(list.length);
  const attribute = (key: string, value: string) =>
    list.push({ where: `attribute ${key}`, attributes: { [key]: value } });
  for (const key of keys) if (!staysByDesign.has(key)) attribute(key, text());
  for (const prefix of prefixes) {
    if (staysByDesign.has(prefix)) continue;
    const name = prefix.replace(/\.$/, '');
    attribute(name, text());
    for (const suffix of ['.0', '.0.message.content', '.never_seen']) attribute(name + suffix, text());
  }
  for (const key of mixedKeys)
    for (const name of ['system', 'instructions', 'tools', 'stop', 'never_seen'])
      attribute(key, JSON.stringify({ temperature: 0.5, [name]: text() }));
  for (const name of events) {
    if (name === 'exception') continue;
    for (const key of ['content', 'body', 'never_seen', 'exception.message'])
      list.push({ where: `event ${name}: ${key}`, event: { name, attributes: { [key]: text() } } });
  }
  for (const key of ['exception.message', 'exception.stacktrace'])
    list.push({
      where: `exception: ${key}`,
      attributes: call,
      event: { name: 'exception', attributes: { [key]: text() } },
    });
  for (const key of [
    'content',
    'db.query',
    'db.response',
    'error.message',
    'error.original',
    'exception.data',
    'url.query',
    'http.request.header.x-prompt',
    'otel.status_description',
    '$style.accessory.items.0.text',
  ])
    list.push({ where: `LLM call: ${key}`, attributes: { ...call, [key]: text() } });
  return list;
}

const planted = canaries((number) => `canary-${number}.`);

/** The places whose canary is in what was sent. */
function leaks({ bodies }: OtlpReceiver): string[] {
  const sent = Buffer.concat([...bodies]).toString('latin1');
  const numbers = new Set([...sent.matchAll(/canary-(\d+)\./g)].map(([, number]) => Number(number)));
  return [...numbers].map((number) => planted[number]?.where ?? 'unknown');
}

const policies: Record<string, RedactionOptions> = {
  'content removed': {},
  'content masked': { content: 'mask' },
  'content hashed': { content: 'hash', hmacKey: 'key' },
};

// The exporter reads spans of the SDK lines that have `instrumentationScope`.
for (const sdk of sdkLines.filter(({ hasOnEnding }) => hasOnEnding)) {
  describe(`canaries through SDK ${sdk.name} and the stock OTLP exporter`, () => {
    let receiver: OtlpReceiver;
    beforeEach(async () => {
      receiver = await startOtlpReceiver();
    });
    afterEach(() => receiver.close());

    it('all arrive without redaction', async () => {
      await send(sdk, receiver, undefined, planted);
      expect(leaks(receiver)).to.have.length(planted.length).and.above(400);
    });

    for (const [name, options] of Object.entries(policies)) {
      it(`none arrives behind the processor, ${name}`, async () => {
        await send(sdk, receiver, { processor: options }, planted);
        expect(leaks(receiver)).to.deep.equal([]);
      });
    }

    it('none arrives behind the exporter wrapper', async () => {
      await send(sdk, receiver, { exporter: {} }, planted);
      expect(leaks(receiver)).to.deep.equal([]);
    });

    if (sdk.hasAnyValueAttributes) {
      it('none arrives in maps', async () => {
        const inMaps = planted.map((canary) => ({
          ...canary,
          ...(canary.attributes && { attributes: unfolded(canary.attributes) }),
        }));
        await send(sdk, receiver, { processor: {} }, inMaps);
        expect(leaks(receiver)).to.deep.equal([]);
      });
    }

    it('none takes a safe value along with it', async () => {
      const everything = Object.assign({}, ...planted.map(({ attributes }) => attributes));
      await send(sdk, receiver, { processor: {} }, [{ where: '', attributes: { ...everything, ...stays } }]);
      expect(leaks(receiver)).to.deep.equal([]);
      expect(receiver.spans[0]?.attributes).to.deep.include(stays);
    });
  });
}

async function send(
  sdk: SdkLine,
  receiver: OtlpReceiver,
  redaction: { readonly processor?: RedactionOptions; readonly exporter?: RedactionOptions } | undefined,
  spans: readonly Canary[],
): Promise<void> {
  const otlp = new OTLPTraceExporter({ url: receiver.url });
  const exporter = redaction?.exporter ? redactingSpanExporter(otlp, redaction.exporter) : otlp;
  const provider = recordingProvider(
    [
      ...(redaction?.processor ? [new LlmRedactionSpanProcessor(redaction.processor)] : []),
      sdk.batchProcessor(exporter, { maxQueueSize: 10_000, maxExportBatchSize: 5_000 }),
    ],
    { sdk, spanLimits: { attributeCountLimit: 10_000 } },
  );
  for (const { attributes, event } of spans) {
    const span = provider.tracer.startSpan('chat', attributes && { attributes });
    if (event) span.addEvent(event.name, event.attributes);
    span.end();
  }
  await provider.shutdown();
  await receiver.waitForSpans(spans.length);
}

/** `{ 'a.b': 1 }` as `{ a: { b: 1 } }`. */
function unfolded(attributes: Attributes): Attributes {
  const root: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes)) {
    const names = key.split('.');
    const nested = names.slice(1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
    // The marker of an LLM call must stay an attribute.
    if (key in call) root[key] = value;
    else root[names[0] ?? key] = nested;
  }
  return root as Attributes;
}
