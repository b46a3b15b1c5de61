import { LlmRedactionSpanProcessor } from '@llm-otel/redaction-span-processor';
import { type DiagRecorder, processorWith, recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import { type Attributes, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, Sampler, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

const call: Attributes = { 'llm.model': 'gpt-4o', 'llm.tokens.input': 12 };
const content: Attributes = { 'llm.prompt': 'secret', 'gen_ai.completion.0.content': 'secret' };

/** What remains of a call with this content: the length of the response takes its place. */
const left: Attributes = { ...call, 'llm.response.length': 'secret'.length };

/** Records attributes as they are at export: removing something from the span later would be too late. */
class CopyingExporter implements SpanExporter {
  readonly exported: Attributes[] = [];

  export(spans: ReadableSpan[], resultCallback: Parameters<SpanExporter['export']>[1]): void {
    this.exported.push(...spans.map(({ attributes }) => ({ ...attributes })));
    resultCallback({ code: 0 });
  }

  async shutdown(): Promise<void> {}
}

for (const sdk of sdkLines) {
  describe(`LlmRedactionSpanProcessor on SDK ${sdk.name}`, () => {
    const end = (
      processors: SpanProcessor[],
      attributes: Attributes,
      use: (span: Span) => void = () => undefined,
    ) => {
      const provider = recordingProvider(processors, { sdk, spanLimits: { attributeCountLimit: 20_000 } });
      const span = provider.tracer.startSpan('chat', { attributes });
      use(span);
      span.end();
      const [ended] = provider.spans;
      if (ended === undefined) throw new Error('the span did not end');
      return ended;
    };

    let diag: DiagRecorder;
    beforeEach(() => {
      diag = recordDiag();
    });
    afterEach(() => diag.stop());

    it('removes content before an exporter that is registered after it', () => {
      const exporter = new CopyingExporter();
      end([new LlmRedactionSpanProcessor(), sdk.simpleProcessor(exporter)], { ...call, ...content });
      expect(exporter.exported).to.deep.equal([left]);
    });

    if (sdk.hasOnEnding) {
      it('removes content before an exporter that is registered before it', () => {
        const exporter = new CopyingExporter();
        end([sdk.simpleProcessor(exporter), new LlmRedactionSpanProcessor()], { ...call, ...content });
        expect(exporter.exported).to.deep.equal([left]);
      });

      it('removes in onEnd what the onEnding of a later processor added', () => {
        const late = processorWith({ onEnding: (span) => void span.setAttributes(content) });
        expect(end([new LlmRedactionSpanProcessor(), late], call).attributes).to.deep.equal(left);
      });
    }

    it('removes content from status, events and links', () => {
      const span = end([new LlmRedactionSpanProcessor()], call, (open) => {
        open.setStatus({ code: SpanStatusCode.ERROR, message: 'secret' });
        open.recordException(new Error('secret'));
        open.addEvent('gen_ai.choice', { content: 'secret', index: 0 });
        open.addLink({ context: open.spanContext(), attributes: { 'llm.prompt': 'secret', a: 1 } });
      });
      expect(span.status).to.deep.equal({ code: SpanStatusCode.ERROR });
      expect(span.events.map(({ attributes }) => attributes)).to.deep.equal([
        { 'exception.type': 'Error' },
        { index: 0 },
      ]);
      expect(span.links[0]?.attributes).to.deep.equal({ a: 1 });
    });

    it("does not change the application's own objects", () => {
      const event = { content: 'words' };
      const link = { 'llm.prompt': 'words' };
      const status = { code: SpanStatusCode.ERROR, message: 'words' };
      end([new LlmRedactionSpanProcessor()], call, (open) => {
        open.addEvent('gen_ai.choice', event);
        open.addLink({ context: open.spanContext(), attributes: link });
        open.setStatus(status);
      });
      expect({ event, link, status }).to.deep.equal({
        event: { content: 'words' },
        link: { 'llm.prompt': 'words' },
        status: { code: SpanStatusCode.ERROR, message: 'words' },
      });
    });

    it('keeps exception message, status message and URL query of a span that is not an LLM call', () => {
      const attributes = { 'http.request.method': 'GET', 'url.query': 'q=words' };
      const span = end([new LlmRedactionSpanProcessor()], attributes, (open) => {
        open.recordException(new Error('no such table'));
        open.setStatus({ code: SpanStatusCode.ERROR, message: 'no such table' });
      });
      expect(span.attributes).to.deep.equal(attributes);
      expect(span.events[0]?.attributes).to.include({ 'exception.message': 'no such table' });
      expect(span.status.message).to.equal('no such table');
    });

    it('redacts spans that are recorded but not sampled', () => {
      const recordOnly: Sampler = { shouldSample: () => ({ decision: 1 }), toString: () => 'record only' };
      const provider = recordingProvider([new LlmRedactionSpanProcessor()], { sdk, sampler: recordOnly });
      provider.tracer.startSpan('chat', { attributes: { ...call, ...content } }).end();
      expect(provider.spans.map(({ attributes }) => attributes)).to.deep.equal([left]);
    });

    it('ignores spans that are not recorded', () => {
      const drop: Sampler = { shouldSample: () => ({ decision: 0 }), toString: () => 'drop' };
      const processor = new LlmRedactionSpanProcessor();
      recordingProvider([processor], { sdk, sampler: drop })
        .tracer.startSpan('chat', { attributes: content })
        .end();
      expect(processor.stats().spans).to.equal(0);
    });

    // SDK 1.30 counts a span's attributes each time that one is set: 10,000 take ten seconds.
    if (sdk.name !== '1.30') {
      it('finds the content among 10,000 attributes', () => {
        const many = Object.fromEntries(
          Array.from({ length: 10_000 }, (_, index) => [`app.${index}`, index]),
        );
        const span = end([new LlmRedactionSpanProcessor()], { ...many, ...content });
        expect(span.attributes).to.deep.equal({ ...many, 'llm.response.length': 6 });
      });
    }

    it('replaces frozen attributes', () => {
      const freeze = processorWith({
        [sdk.hasOnEnding ? 'onEnding' : 'onEnd']: (span: ReadableSpan) => Object.freeze(span.attributes),
      });
      const span = end([freeze, new LlmRedactionSpanProcessor()], { ...call, ...content });
      expect(span.attributes).to.deep.equal(left);
    });

    it('writes into the attributes of a frozen span', () => {
      const addAndFreeze = processorWith({
        onEnd: (span) => {
          Object.assign(span.attributes, content);
          Object.freeze(span);
        },
      });
      const span = end([addAndFreeze, new LlmRedactionSpanProcessor()], call);
      expect(span.attributes).to.deep.equal(left);
      expect(diag.messages).to.deep.equal([]);
    });

    it("writes what it can into a frozen span whose name can't be changed", () => {
      const addAndFreeze = processorWith({
        onEnd: (span) => {
          Object.assign(span.attributes, content);
          Object.freeze(Object.assign(span, { name: 'for bob@example.com' }));
        },
      });
      const processor = new LlmRedactionSpanProcessor();
      const span = end([addAndFreeze, processor], call);
      expect(span.attributes).to.deep.equal(left);
      expect(processor.stats()).to.include({ spans: 0, unchangeable: 1 });
    });

    it("reports once that a span can't be changed", () => {
      const addAndFreeze = processorWith({
        onEnd: (span) => {
          Object.freeze(Object.assign(span.attributes, content));
          Object.freeze(span);
        },
      });
      const processor = new LlmRedactionSpanProcessor();
      for (let count = 0; count < 3; count++) end([addAndFreeze, processor], call);
      expect(processor.stats()).to.deep.equal({
        spans: 0,
        removed: 0,
        masked: 0,
        failed: 0,
        unchangeable: 3,
      });
      expect(diag.messages.map(({ level, message }) => [level, message])).to.deep.equal([
        [
          'error',
          'LlmRedactionSpanProcessor: a span is frozen and keeps its content: wrap the exporter in redactingSpanExporter',
        ],
      ]);
    });

    it('removes a value whose getter throws, and reports that once, without its content', () => {
      const trap = processorWith({
        onEnd: (span) =>
          void Object.defineProperty(span.attributes, 'app.trap', {
            enumerable: true,
            get: () => {
              throw new Error('secret');
            },
          }),
      });
      const processor = new LlmRedactionSpanProcessor();
      for (let count = 0; count < 2; count++)
        expect(end([trap, processor], call).attributes).to.deep.equal(call);
      expect(processor.stats()).to.include({ removed: 2, failed: 2 });
      expect(diag.messages).to.have.length(1);
      expect(JSON.stringify(diag.messages)).to.include('could not be read').and.not.to.include('secret');
    });

    if (sdk.hasAnyValueAttributes) {
      it('removes content from maps', () => {
        const span = end([new LlmRedactionSpanProcessor()], call, (open) =>
          open.setAttribute('app', { 'llm.prompt': 'secret', plan: 'pro' } as never),
        );
        expect(span.attributes).to.deep.equal({ ...call, app: { plan: 'pro' } });
      });

      it('removes a value that is 1,000 levels deep, and one that contains itself', () => {
        let deep: object = { text: 'secret' };
        for (let level = 0; level < 1_000; level++) deep = { deep };
        const cyclic: Record<string, unknown> = { text: 'secret' };
        cyclic.cyclic = cyclic;
        const addCyclic = processorWith({ onEnd: (span) => void Object.assign(span.attributes, { cyclic }) });
        const span = end([addCyclic, new LlmRedactionSpanProcessor()], call, (open) =>
          open.setAttribute('deep', deep as never),
        );
        expect(span.attributes).to.deep.equal(call);
      });
    }

    it('counts what it did in stats()', () => {
      const processor = new LlmRedactionSpanProcessor({ content: 'mask', blockKeys: ['app.a'] });
      end([processor], { ...call, ...content, 'app.a': 'x' });
      end([processor], { 'llm.invocation_parameters': '{"n":1,"system":"secret"}' });
      end([processor], call);
      expect(processor.stats()).to.deep.equal({
        spans: 2,
        removed: 1,
        masked: 3,
        failed: 0,
        unchangeable: 0,
      });
    });

    it('can be flushed and shut down, and keeps redacting', async () => {
      const processor = new LlmRedactionSpanProcessor();
      await processor.forceFlush();
      await processor.shutdown();
      expect(end([processor], { ...call, ...content }).attributes).to.deep.equal(left);
    });
  });
}
