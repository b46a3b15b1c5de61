// Preloaded: OpenTelemetry's NodeSDK, as an application starts it. What its exporter gets is printed to stderr as JSON.
const { createRequire } = require('node:module');
const { isMainThread } = require('node:worker_threads');
const { NodeSDK, tracing } = require(process.env.SDK_NODE);
// Up to 2.x it passes the SDK on.
const { SimpleSpanProcessor } =
  tracing ?? createRequire(require.resolve(process.env.SDK_NODE))('@opentelemetry/sdk-trace');

const exported = [];
const exporter = {
  // Copies: a span that is stripped after it has been exported would look as good.
  export(spans, done) {
    for (const { name, attributes } of spans) exported.push({ name, attributes: { ...attributes } });
    done({ code: 0 });
  },
  shutdown: async () => undefined,
  // SDK 3.x takes options in place of an exporter.
  get exporter() {
    return exporter;
  },
};
// Exports as a span ends, and so shows whether we came before it.
const spanProcessors = [new SimpleSpanProcessor(exporter)];
const sdk = new NodeSDK({ spanProcessors, instrumentations: [], autoDetectResources: false });
sdk.start();
process.once('beforeExit', async () => {
  await sdk.shutdown();
  // Not what the thread of module hooks has, which up to Node 22 is given the same.
  if (!isMainThread) return;
  process.stderr.write(JSON.stringify(exported));
});
