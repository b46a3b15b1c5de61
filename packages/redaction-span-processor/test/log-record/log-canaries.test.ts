import { type RedactionOptions, redactingLogRecordExporter } from '@llm-otel/redaction-span-processor';
import { startOtlpLogReceiver } from '@llm-otel/testing';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { expect } from 'chai';
import { type Canary, call, leaksIn, planted } from '../support/canaries.js';
import type { EmittedLogRecord } from '../support/log-lines.js';
import { stays } from '../support/stays.js';

/** The same canaries where log records may have them. */
const records: readonly EmittedLogRecord[] = planted.flatMap(recordsOf);

function recordsOf({ attributes, event }: Canary): EmittedLogRecord[] {
  const inAttributes = attributes ? [{ attributes: { ...call, ...attributes } }, { body: attributes }] : [];
  if (event === undefined) return inAttributes;
  const { name, attributes: ofEvent } = event;
  const [text] = Object.values(ofEvent);
  return [
    ...(name === 'exception' ? inAttributes : []),
    { eventName: name, attributes: { ...attributes, ...ofEvent } },
    { eventName: name, attributes: { ...attributes }, body: ofEvent },
    { attributes: { 'event.name': name, ...attributes }, body: { message: ofEvent, list: [text] } },
    { attributes: { 'event.name': name, ...attributes }, body: text },
  ];
}

const policies: Record<string, RedactionOptions> = {
  'content removed': {},
  'content masked': { content: 'mask' },
  'content hashed': { content: 'hash', hmacKey: 'key' },
};

describe('canaries in log records, through the stock OTLP exporter', function () {
  this.timeout(20_000);

  it('all arrive without redaction', async () => {
    expect(leaksIn(await sent(records)))
      .to.have.length(planted.length)
      .and.above(400);
  });

  for (const [name, options] of Object.entries(policies))
    it(`none arrives, ${name}`, async () => {
      expect(leaksIn(await sent(records, options))).to.deep.equal([]);
    });

  it('none takes a safe value along with it', async () => {
    const everything = Object.assign({}, ...planted.map(({ attributes }) => attributes), stays);
    const bytes = await sent([{ attributes: everything }], {});
    expect(leaksIn(bytes)).to.deep.equal([]);
    for (const key of Object.keys(stays)) expect(bytes.includes(key), key).to.equal(true);
  });
});

/** The bytes that a backend receives of log records. */
async function sent(list: readonly EmittedLogRecord[], options?: RedactionOptions): Promise<Buffer> {
  const receiver = await startOtlpLogReceiver();
  const otlp = new OTLPLogExporter({ url: receiver.url });
  const exporter = options ? redactingLogRecordExporter(otlp, options) : otlp;
  const provider = new LoggerProvider({
    logRecordLimits: { attributeCountLimit: 10_000 },
    processors: [new BatchLogRecordProcessor({ exporter, maxQueueSize: 10_000, maxExportBatchSize: 5_000 })],
  });
  for (const record of list) provider.getLogger('scope').emit(record as never);
  await provider.shutdown();
  await receiver.close();
  expect(receiver.records).to.have.length(list.length);
  return Buffer.concat([...receiver.bodies]);
}
