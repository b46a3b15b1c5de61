import { redactingSpanProcessor } from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, processorWith, recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';

const call: Attributes = { 'llm.model': 'gpt-4o' };
const content: Attributes = { 'llm.prompt': 'words' };

for (const sdk of sdkLines) {
  describe(`redactingSpanProcessor on SDK ${sdk.name}`, () => {
    it('gives each destination its own view, and leaves the span unchanged', () => {
      const [vendor, masked, inHouse] = [
        new FakeSpanExporter(),
        new FakeSpanExporter(),
        new FakeSpanExporter(),
      ];
      const provider = recordingProvider(
        [
          redactingSpanProcessor(sdk.simpleProcessor(vendor)),
          redactingSpanProcessor(sdk.simpleProcessor(masked), { content: 'mask' }),
          sdk.simpleProcessor(inHouse),
        ],
        { sdk },
      );
      provider.tracer.startSpan('chat', { attributes: { ...call, ...content } }).end();
      expect(vendor.spans[0]?.attributes).to.deep.equal(call);
      expect(masked.spans[0]?.attributes).to.deep.equal({ ...call, 'llm.prompt': '[REDACTED]' });
      expect(inHouse.spans[0]?.attributes).to.deep.equal({ ...call, ...content });
      expect(provider.spans[0]?.attributes).to.deep.equal({ ...call, ...content });
    });

    it("works with the SDK's own batch processor", async () => {
      const exporter = new FakeSpanExporter();
      const provider = recordingProvider([redactingSpanProcessor(sdk.batchProcessor(exporter))], { sdk });
      provider.tracer.startSpan('chat', { attributes: { ...call, ...content } }).end();
      await provider.forceFlush();
      expect(exporter.spans.map(({ attributes }) => attributes)).to.deep.equal([call]);
      await provider.shutdown();
      expect(exporter.shutdownCalls).to.equal(1);
    });

    it('passes on onStart and onEnding with the writable span', () => {
      const writer = processorWith({
        onStart: (span) => void span.setAttribute('app.started', true),
        onEnding: (span) => void span.setAttribute('app.ending', true),
      });
      const provider = recordingProvider([redactingSpanProcessor(writer)], { sdk });
      provider.tracer.startSpan('chat').end();
      expect(provider.spans[0]?.attributes).to.deep.equal({
        'app.started': true,
        ...(sdk.hasOnEnding && { 'app.ending': true }),
      });
    });
  });
}

describe('redactingSpanProcessor', () => {
  const fail = () => {
    throw new Error('words');
  };

  it('catches what the processor throws, and reports it once', () => {
    const diag = recordDiag();
    try {
      const faulty = processorWith({ onStart: fail, onEnding: fail, onEnd: fail });
      const provider = recordingProvider([redactingSpanProcessor(faulty)]);
      for (let count = 0; count < 2; count++)
        provider.tracer.startSpan('chat', { attributes: content }).end();
      expect(provider.spans).to.have.length(2);
      expect(diag.messages.map(({ message }) => message)).to.deep.equal([
        'redactingSpanProcessor: the wrapped processor threw',
      ]);
    } finally {
      diag.stop();
    }
  });

  it('passes on a failure of forceFlush and shutdown', async () => {
    const failing = redactingSpanProcessor(
      processorWith({ forceFlush: async () => fail(), shutdown: async () => fail() }),
    );
    for (const settle of [failing.forceFlush(), failing.shutdown()])
      expect(
        await settle.then(
          () => 'resolved',
          (error: Error) => error.message,
        ),
      ).to.equal('words');
  });
});
