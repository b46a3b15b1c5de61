import { LlmRedactionSpanProcessor, redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, recordingProvider, sdkLines } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

const masked = '[REDACTED]';
/** Ends like part of a match that was cut, but is whole. */
const whole: Attributes = {
  'app.path': '/api/v1/orders/4512345',
  'app.job': 'job c794710c-457b-4b50-ba32-7d6181ca9eb3',
  'app.rows': ['row 3 of 5123456', 'offset 249127 567814 371261'],
  'app.package': 'loaded @acme/tools@1.2.3',
  'url.path': '/v1/users/6123456789',
};

for (const sdk of sdkLines) {
  describe(`values that SDK ${sdk.name} cuts at its limit`, () => {
    const ended = (attributes: Attributes, attributeValueLengthLimit?: number): ReadableSpan[] => {
      const processor = new LlmRedactionSpanProcessor();
      const views: ReadableSpan[] = [];
      const options = {
        sdk,
        ...(attributeValueLengthLimit && { spanLimits: { attributeValueLengthLimit } }),
      };
      const exporter = redactingSpanExporter({
        export: (spans) => void views.push(...spans),
        shutdown: async () => undefined,
      });
      for (const processors of [[processor], []]) {
        const provider = recordingProvider(processors, options);
        provider.tracer.startSpan('GET /users/5123456789', { attributes }).end();
        exporter.export([...provider.spans], () => undefined);
      }
      return views;
    };

    it('are distinguished from whole values in a view of a view, too', () => {
      const [, view] = ended({ ...whole, 'llm.prompt': 'secret' });
      const exporter = new FakeSpanExporter();
      redactingSpanExporter(exporter, { blockKeys: ['app.job'] }).export(view ? [view] : [], () => undefined);
      expect(exporter.spans.map(({ attributes }) => attributes)).to.deep.equal([
        Object.fromEntries(Object.entries(whole).filter(([key]) => key !== 'app.job')),
      ]);
    });

    it('are distinguished from whole values by that limit', () => {
      for (const limit of [undefined, 4_096])
        for (const view of ended(whole, limit)) {
          expect(view.attributes).to.deep.equal(whole);
          expect(view.name).to.equal('GET /users/5123456789');
        }
    });

    it('are masked if they end with part of a match', () => {
      for (const view of ended(
        { 'app.note': 'please charge 4111 1111 1111 1111', 'app.path': '/orders/4512345' },
        25,
      ))
        expect(view.attributes).to.deep.equal({
          'app.note': `please charge ${masked}`,
          'app.path': '/orders/4512345',
        });
    });
  });
}
