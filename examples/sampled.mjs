// The cost of every call, although only some traces are exported: exporters get what is sampled, processors what is recorded.
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  ParentBasedSampler,
  SamplingDecision,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';

// `@opentelemetry/sdk-trace` (SDK 2.12 and 3) has this sampler as `createAlwaysRecordSampler`.
const recordingAll = (sampler) => ({
  shouldSample(...args) {
    const result = sampler.shouldSample(...args);
    if (result.decision !== SamplingDecision.NOT_RECORD) return result;
    return { ...result, decision: SamplingDecision.RECORD };
  },
  toString: () => `recordingAll(${sampler})`,
});

let calls = 0;
let totalUsd = 0;
const cost = new LlmCostSpanProcessor({
  onCost: ({ costUsd }) => {
    calls += 1;
    totalUsd += costUsd;
  },
});
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  sampler: recordingAll(new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0.1) })),
  spanProcessors: [cost, new SimpleSpanProcessor(exporter)],
});

const attributes = { 'llm.model': 'gpt-4o', 'llm.tokens.input': 1500, 'llm.tokens.output': 350 };
for (let call = 0; call < 1000; call++) provider.getTracer('app').startSpan('chat', { attributes }).end();

console.log(calls, 'calls cost', totalUsd.toFixed(2), 'USD');
console.log('less than a third exported:', exporter.getFinishedSpans().length < 334);
// 1000 calls cost 7.25 USD
// less than a third exported: true
