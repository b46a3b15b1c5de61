import { recordingProvider, sdkLines } from '@llm-otel/testing';
import { expect } from 'chai';
import { withoutContent } from '../../src/core/without-content.js';
import { decodeRequest, encodeRequest } from '../otlp/support/decode.js';

describe('withoutContent', () => {
  for (const sdk of sdkLines)
    it(`keeps what is small and counts what is not, on SDK ${sdk.name}`, () => {
      const { tracer, spans } = recordingProvider([], { sdk });
      const span = tracer.startSpan('n'.repeat(300), {
        kind: 2,
        attributes: { 'llm.model': 'gpt-4o', tokens: 5, ok: true, prompt: 'x'.repeat(257), tools: ['a'] },
        links: [{ context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 } }],
      });
      span.addEvent('message', { content: 'secret' });
      span.setStatus({ code: 2, message: 'secret '.repeat(50) });
      span.end();
      const [whole] = spans;
      if (whole === undefined) throw new Error('no span');
      const cut = withoutContent(whole);
      expect(cut).to.deep.include({
        name: 'n'.repeat(256),
        attributes: { 'llm.model': 'gpt-4o', tokens: 5, ok: true, 'llm.content_removed': 'span_too_large' },
        status: { code: 2 },
        events: [],
        links: [],
        droppedAttributesCount: 2,
        droppedEventsCount: 1,
        droppedLinksCount: 1,
        startTime: whole.startTime,
        duration: whole.duration,
        resource: whole.resource,
      });
      expect(cut.spanContext()).to.equal(whole.spanContext());
      expect(whole.attributes).to.have.property('prompt');
      expect(JSON.stringify(decodeRequest(encodeRequest([cut])))).not.to.contain('secret');
    });

  it('keeps no more than 128 attributes', () => {
    const { tracer, spans } = recordingProvider([], { spanLimits: { attributeCountLimit: 1_000 } });
    const attributes = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key ${i}`, i]));
    tracer.startSpan('many', { attributes }).end();
    const [whole] = spans;
    if (whole === undefined) throw new Error('no span');
    const cut = withoutContent(whole);
    expect(Object.keys(cut.attributes)).to.have.length(129);
    expect(cut.droppedAttributesCount).to.equal(372);
  });
});
