import {
  LlmRedactionSpanProcessor,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
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
import { type Canary, call, leaksIn, planted } from './support/canaries.js';
import { stays } from './support/stays.js';

const leaks = ({ bodies }: OtlpReceiver): string[] => leaksIn(Buffer.concat([...bodies]));

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
