import { FakeSpanExporter, recordingProvider, sdkLines } from '@llm-otel/testing';
import { SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { ExportingSpanProcessor } from '../src/exporting-span-processor.js';

for (const sdk of sdkLines) {
  describe(`ExportingSpanProcessor on SDK ${sdk.name}`, () => {
    it('exports each sampled span as it ends', async () => {
      const exporter = new FakeSpanExporter();
      const { tracer, shutdown } = recordingProvider([new ExportingSpanProcessor(exporter)], { sdk });
      tracer.startSpan('a').end();
      tracer.startSpan('b').end();
      expect(exporter.spans.map((span) => span.name)).to.deep.equal(['a', 'b']);
      await shutdown();
      expect(exporter.shutdownCalls).to.equal(1);
    });

    it('ignores spans that are recorded but not sampled', () => {
      const exporter = new FakeSpanExporter();
      const sampler = {
        shouldSample: () => ({ decision: SamplingDecision.RECORD }),
        toString: () => 'record only',
      };
      const { tracer } = recordingProvider([new ExportingSpanProcessor(exporter)], { sdk, sampler });
      tracer.startSpan('a').end();
      expect(exporter.spans).to.have.length(0);
    });

    it('passes on forceFlush', async () => {
      const exporter = new FakeSpanExporter();
      const { forceFlush } = recordingProvider([new ExportingSpanProcessor(exporter)], { sdk });
      await forceFlush();
      expect(exporter.forceFlushCalls).to.equal(1);
    });
  });
}
