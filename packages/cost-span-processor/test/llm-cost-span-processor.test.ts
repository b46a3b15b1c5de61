import { LlmCostSpanProcessor, type LlmCostSpanProcessorOptions } from '@llm-otel/cost-span-processor';
import { PriceCatalog } from '@llm-otel/pricing';
import { FakeSpanExporter, processorWith, recordingProvider, sdkLines } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

const catalog = new PriceCatalog();
const call: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.usage.input_tokens': 1500,
  'gen_ai.usage.output_tokens': 350,
};

for (const sdk of sdkLines) {
  describe(`LlmCostSpanProcessor on SDK ${sdk.name}`, () => {
    const end = (
      attributes: Attributes,
      options: LlmCostSpanProcessorOptions = { catalog },
      startTime?: Date,
    ) => {
      const provider = recordingProvider([new LlmCostSpanProcessor(options)], { sdk });
      const span = provider.tracer.startSpan('chat', startTime && { startTime });
      span.setAttributes(attributes);
      span.end();
      return provider.spans[0]?.attributes;
    };

    it('writes the price of a call before later processors see the span', () => {
      expect(end(call)).to.deep.equal({ ...call, 'llm.cost_usd': 0.00725 });
    });

    it('writes nothing that a library has added to Object.prototype', () => {
      const all: object = Object.prototype;
      Object.assign(all, { extend: () => undefined });
      try {
        const renamed = { catalog, breakdown: true, attributeNames: { 'llm.cost_usd': 'app.cost' } };
        for (const options of [{ catalog, breakdown: true, rollup: true }, renamed])
          expect(Object.keys(end(call, options) ?? {})).not.to.include('extend');
      } finally {
        Reflect.deleteProperty(all, 'extend');
      }
    });

    it('prices the first span and all later ones', () => {
      const provider = recordingProvider([new LlmCostSpanProcessor({ catalog })], { sdk });
      for (let count = 0; count < 3; count++) provider.tracer.startSpan('chat', { attributes: call }).end();
      expect(provider.spans.map(({ attributes }) => attributes['llm.cost_usd'])).to.deep.equal([
        0.00725, 0.00725, 0.00725,
      ]);
    });

    it('reads the other dialects', () => {
      expect(
        end({ 'llm.model': 'claude-3-opus-20240229', 'llm.tokens.input': 1500, 'llm.tokens.output': 350 }),
      ).to.include({ 'llm.cost_usd': 0.04875 });
      expect(
        end({
          'openinference.span.kind': 'LLM',
          'llm.model_name': 'gpt-4o',
          'llm.token_count.prompt': 1500,
          'llm.token_count.completion': 350,
          'llm.token_count.prompt_details.cache_read': 1000,
        }),
      ).to.include({ 'llm.cost_usd': 0.006 });
    });

    it('reads a user-defined dialect', () => {
      const acme = {
        id: 'acme',
        markers: ['acme.model'] as const,
        model: ['acme.model'],
        usage: { inputTokens: ['acme.in'], outputTokens: ['acme.out'] },
      };
      const attributes = { 'acme.model': 'gpt-4o', 'acme.in': 1500, 'acme.out': 350 };
      expect(end(attributes, { catalog, dialects: [acme] })).to.include({ 'llm.cost_usd': 0.00725 });
      expect(end(attributes)).to.deep.equal(attributes);
    });

    it('prices a call by its start time', () => {
      const o3 = { ...call, 'gen_ai.request.model': 'o3' };
      expect(end(o3, { catalog }, new Date('2025-06-09T23:59:59Z'))).to.include({ 'llm.cost_usd': 0.029 });
      expect(end(o3, { catalog }, new Date('2025-06-10T00:00:00Z'))).to.include({ 'llm.cost_usd': 0.0058 });
      // Less than a second before and after the price change.
      expect(end(o3, { catalog }, new Date('2025-06-09T23:59:59.500Z'))).to.include({
        'llm.cost_usd': 0.029,
      });
      expect(end(o3, { catalog }, new Date('2025-06-10T00:00:00.500Z'))).to.include({
        'llm.cost_usd': 0.0058,
      });
    });

    it('ignores a span that is not an LLM call', () => {
      const tool = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' };
      const http = { 'http.request.method': 'POST', 'server.address': 'api.openai.com' };
      expect(end(tool)).to.deep.equal(tool);
      expect(end(http)).to.deep.equal(http);
      expect(end({})).to.deep.equal({});
    });

    it('writes why there is no price', () => {
      expect(end({ ...call, 'gen_ai.request.model': 'nobody' })).to.deep.equal({
        ...call,
        'gen_ai.request.model': 'nobody',
        'llm.cost.status': 'unknown_model',
      });
      const { 'gen_ai.usage.input_tokens': _, ...half } = call;
      expect(end(half)).to.deep.equal({ ...half, 'llm.cost.status': 'missing_tokens' });
    });

    it('applies overrides', () => {
      const overrides = [{ model: 'gpt-4o', inputPerMTok: 1, outputPerMTok: 1 }];
      expect(end(call, { overrides })).to.include({ 'llm.cost_usd': 0.00185 });
    });

    it('applies the override of an Azure deployment, of which the response names the model', () => {
      const overrides = [{ model: 'our-deployment', inputPerMTok: 1, outputPerMTok: 1 }];
      const attributes = {
        'gen_ai.provider.name': 'azure.ai.openai',
        'gen_ai.request.model': 'our-deployment',
        'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.usage.input_tokens': 1_000_000,
        'gen_ai.usage.output_tokens': 1_000_000,
      };
      expect(end(attributes, { overrides, breakdown: true })).to.include({
        'llm.cost_usd': 2,
        'llm.cost.model': 'our-deployment',
      });
    });

    it('writes the breakdown on request', () => {
      expect(end(call, { catalog, breakdown: true })).to.include({
        'llm.cost.input_usd': 0.00375,
        'llm.cost.output_usd': 0.0035,
        'llm.cost.model': 'gpt-4o',
      });
    });

    it('keeps a price or status that is already there', () => {
      expect(end({ ...call, 'llm.cost_usd': 42 })).to.deep.equal({ ...call, 'llm.cost_usd': 42 });
      expect(end({ ...call, 'llm.cost.status': 'mine' })).to.deep.equal({
        ...call,
        'llm.cost.status': 'mine',
      });
    });

    it("writes the price even if the SDK's limit on attributes is reached", () => {
      const provider = recordingProvider([new LlmCostSpanProcessor({ catalog, breakdown: true })], {
        sdk,
        spanLimits: { attributeCountLimit: 5 },
      });
      const span = provider.tracer.startSpan('chat', { attributes: call });
      span.setAttribute('one.too.many', true);
      span.end();
      expect(provider.spans[0]?.attributes).to.include({
        'llm.cost_usd': 0.00725,
        'llm.cost.model': 'gpt-4o',
      });
      expect(provider.spans[0]?.attributes).to.not.have.property('one.too.many');
    });

    it('finds the call among 10,000 attributes', () => {
      // Written without the SDK: 1.30 needs ten seconds to set them.
      const many = Object.fromEntries(
        Array.from({ length: 10_000 }, (_, index) => [`app.attribute.${index}`, index]),
      );
      const filler = processorWith({ onStart: (span) => void Object.assign(span.attributes, many, call) });
      const provider = recordingProvider([filler, new LlmCostSpanProcessor({ catalog })], { sdk });
      provider.tracer.startSpan('chat').end();
      expect(provider.spans[0]?.attributes['llm.cost_usd']).to.equal(0.00725);
    });

    it('prices spans that are recorded but not sampled, and ignores those that are not recorded', () => {
      const sampled = (decision: number): Sampler => ({
        shouldSample: () => ({ decision }),
        toString: () => 'test',
      });
      const spansWith = (decision: number) => {
        const provider = recordingProvider([new LlmCostSpanProcessor({ catalog })], {
          sdk,
          sampler: sampled(decision),
        });
        provider.tracer.startSpan('chat', { attributes: call }).end();
        return provider.spans.map(({ attributes }) => attributes['llm.cost_usd']);
      };
      expect(spansWith(1)).to.deep.equal([0.00725]);
      expect(spansWith(0)).to.deep.equal([]);
    });

    it('prices each span once when it is registered twice', () => {
      let told = 0;
      const options = { catalog, onCost: () => void told++ };
      const provider = recordingProvider(
        [new LlmCostSpanProcessor(options), new LlmCostSpanProcessor(options)],
        { sdk },
      );
      provider.tracer.startSpan('chat', { attributes: call }).end();
      expect([told, provider.spans[0]?.attributes['llm.cost_usd']]).to.deep.equal([1, 0.00725]);
    });

    it('prices each span once if a processor ends another span in between', () => {
      const told: string[] = [];
      const provider = recordingProvider(
        [
          new LlmCostSpanProcessor({ catalog, onCost: ({ span }) => void told.push(span.name) }),
          endingAnother(),
        ],
        { sdk },
      );
      provider.tracer.startSpan('outer', { attributes: call }).end();
      expect(told.toSorted()).to.deep.equal(['inner', 'outer']);
      expect(provider.spans.map(({ attributes }) => attributes['llm.cost_usd'])).to.deep.equal([
        0.00725, 0.00725,
      ]);

      /** Ends a second span while the first one is ending, in each hook that the SDK has. */
      function endingAnother(): SpanProcessor {
        const endInner = (span: { name: string }) => {
          if (span.name === 'outer') provider.tracer.startSpan('inner', { attributes: call }).end();
        };
        return processorWith(sdk.hasOnEnding ? { onEnding: endInner } : { onEnd: endInner });
      }
    });

    it('prices the spans after one whose end another processor aborted', () => {
      const broken = () => {
        throw new Error('broken');
      };
      let isBroken = true;
      const breaking = processorWith({ onEnding: () => isBroken && broken() });
      const provider = recordingProvider([new LlmCostSpanProcessor({ catalog }), breaking], { sdk });
      const call1 = provider.tracer.startSpan('first', { attributes: call });
      if (sdk.hasOnEnding) expect(() => call1.end()).to.throw('broken');
      isBroken = false;
      provider.tracer.startSpan('second', { attributes: call }).end();
      expect(provider.spans.at(-1)).to.deep.include({ name: 'second' });
      expect(provider.spans.at(-1)?.attributes['llm.cost_usd']).to.equal(0.00725);
    });

    it('serves two providers at once', () => {
      const processor = new LlmCostSpanProcessor({ catalog });
      const providers = [recordingProvider([processor], { sdk }), recordingProvider([processor], { sdk })];
      const spans = providers.map(({ tracer }) => tracer.startSpan('chat', { attributes: call }));
      for (const span of spans) span.end();
      for (const { spans } of providers) expect(spans[0]?.attributes['llm.cost_usd']).to.equal(0.00725);
    });

    it('flushes and shuts down', async () => {
      const provider = recordingProvider([new LlmCostSpanProcessor({ catalog })], { sdk });
      await provider.forceFlush();
      await provider.shutdown();
    });

    it(`${sdk.hasOnEnding ? 'is' : 'is not'} seen by an exporter that is registered before it`, () => {
      const exporter = new FakeSpanExporter();
      const costs: unknown[] = [];
      // The attributes at the moment of export.
      const before = sdk.simpleProcessor({
        export: (spans, done) => {
          costs.push(...spans.map(({ attributes }) => attributes['llm.cost_usd']));
          exporter.export(spans, done);
        },
        shutdown: () => exporter.shutdown(),
      });
      const provider = recordingProvider([before, new LlmCostSpanProcessor({ catalog })], { sdk });
      provider.tracer.startSpan('chat', { attributes: call }).end();
      expect(costs).to.deep.equal([sdk.hasOnEnding ? 0.00725 : undefined]);
    });

    it('works behind a wrapper that passes on only onEnd', () => {
      const inner = new LlmCostSpanProcessor({ catalog });
      const wrapper: SpanProcessor = {
        onStart: (span, context) => inner.onStart(span, context),
        onEnd: (span) => inner.onEnd(span),
        forceFlush: () => inner.forceFlush(),
        shutdown: () => inner.shutdown(),
      };
      const wrapped = recordingProvider([wrapper], { sdk });
      const direct = recordingProvider([inner], { sdk });
      for (const { tracer } of [direct, wrapped, direct, wrapped])
        tracer.startSpan('chat', { attributes: call }).end();
      for (const { spans } of [wrapped, direct])
        expect(spans.map(({ attributes }) => attributes['llm.cost_usd'])).to.deep.equal([0.00725, 0.00725]);
    });
  });
}
