import { setTimeout as sleep } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import {
  type LlmCost,
  LlmCostSpanProcessor,
  type LlmCostSpanProcessorOptions,
} from '@llm-otel/cost-span-processor';
import { PriceCatalog } from '@llm-otel/pricing';
import { type DiagRecorder, processorWith, recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

const catalog = new PriceCatalog();
const call: Attributes = {
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.usage.input_tokens': 1500,
  'gen_ai.usage.output_tokens': 350,
};

for (const sdk of sdkLines) {
  describe(`faults around LlmCostSpanProcessor on SDK ${sdk.name}`, () => {
    let diag: DiagRecorder;
    beforeEach(() => {
      diag = recordDiag();
    });
    afterEach(() => diag.stop());

    const endTwice = (options: LlmCostSpanProcessorOptions, spoil?: (span: ReadableSpan) => void) => {
      const processor = new LlmCostSpanProcessor(options);
      const spoiler = processorWith({ onStart: (span) => spoil?.(span) });
      const provider = recordingProvider([spoiler, processor], { sdk });
      for (let count = 0; count < 2; count++) provider.tracer.startSpan('chat', { attributes: call }).end();
      return provider.spans;
    };

    it('frozen attributes: the spans continue without a price, reported once', () => {
      const spans = endTwice({ catalog }, (span) => void Object.freeze(span.attributes));
      expect(spans.map(({ attributes }) => attributes)).to.deep.equal([call, call]);
      expect(diag.messages.map(({ message }) => message)).to.deep.equal([
        'LlmCostSpanProcessor: a span could not be priced and continues without a cost',
      ]);
    });

    it("an attribute that throws when read: the spans continue, reported once, without the error's message", () => {
      const spoil = ({ attributes }: ReadableSpan) =>
        void Object.defineProperty(attributes, 'gen_ai.request.model', {
          enumerable: true,
          get: () => {
            throw new Error('secret');
          },
        });
      expect(endTwice({ catalog }, spoil)).to.have.length(2);
      expect(diag.messages).to.have.length(1);
      expect(JSON.stringify(diag.messages)).to.not.include('secret');
    });

    it('a catalogue that throws: the spans continue, reported once', () => {
      const broken = {
        quote: () => {
          throw new Error('no prices today');
        },
      };
      expect(endTwice({ catalog: broken })).to.have.length(2);
      expect(diag.messages).to.have.length(1);
    });

    it('an onCost that throws: the price is written nevertheless', () => {
      const onCost = () => {
        throw new Error('over budget');
      };
      const spans = endTwice({ catalog, onCost });
      expect(spans.map(({ attributes }) => attributes['llm.cost_usd'])).to.deep.equal([0.00725, 0.00725]);
      expect(diag.messages.map(({ message }) => message)).to.deep.equal([
        'LlmCostSpanProcessor: the option "onCost" threw or rejected',
      ]);
    });

    it('an onCost that rejects: reported, without an unhandled rejection', async () => {
      const onCost = async () => {
        throw new Error('over budget');
      };
      // mocha fails the test for an unhandled rejection.
      endTwice({ catalog, onCost });
      await sleep(5);
      expect(diag.messages.map(({ message }) => message)).to.deep.equal([
        'LlmCostSpanProcessor: the option "onCost" threw or rejected',
      ]);
    });

    it('an onCost of another realm that rejects, as in test runners: reported, without an unhandled rejection', async () => {
      const onCost = runInNewContext('async () => { throw new Error("over budget") }');
      endTwice({ catalog, onCost });
      await sleep(5);
      expect(diag.messages.map(({ message }) => message)).to.deep.equal([
        'LlmCostSpanProcessor: the option "onCost" threw or rejected',
      ]);
    });

    it('impossible token counts: no NaN, no exception', () => {
      for (const tokens of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, 1e300, 'many', ['1'], true]) {
        const provider = recordingProvider([new LlmCostSpanProcessor({ catalog })], { sdk });
        provider.tracer
          .startSpan('chat', { attributes: { ...call, 'gen_ai.usage.input_tokens': tokens } as Attributes })
          .end();
        expect(provider.spans[0]?.attributes['llm.cost.status'], String(tokens)).to.equal('missing_tokens');
      }
      for (const model of [['gpt-4o'], '', 42]) {
        const provider = recordingProvider([new LlmCostSpanProcessor({ catalog })], { sdk });
        provider.tracer
          .startSpan('chat', { attributes: { ...call, 'gen_ai.request.model': model } as Attributes })
          .end();
        expect(provider.spans[0]?.attributes['llm.cost.status'], String(model)).to.equal('unknown_model');
      }
      expect(diag.messages).to.deep.equal([]);
    });

    it('onCost receives the price, the call and the span, and is not called for calls without a price', () => {
      const told: LlmCost[] = [];
      const provider = recordingProvider(
        [new LlmCostSpanProcessor({ catalog, unknownModel: 'zero', onCost: (cost) => void told.push(cost) })],
        { sdk },
      );
      provider.tracer.startSpan('priced', { attributes: call }).end();
      provider.tracer
        .startSpan('unknown', { attributes: { ...call, 'gen_ai.request.model': 'nobody' } })
        .end();
      expect(told).to.have.length(1);
      expect(told[0]?.quote).to.include({ totalUsd: 0.00725, inputUsd: 0.00375, source: 'catalog' });
      expect(told[0]?.call).to.include({ provider: 'openai', model: 'gpt-4o', dialect: 'gen_ai' });
      expect(told[0]?.span.name).to.equal('priced');
      expect(told[0]?.span.attributes['llm.cost_usd']).to.equal(0.00725);
      // Returning nothing is not a fault, and neither is having no onCost.
      for (const answer of [undefined, null, 1])
        endTwice({ catalog, onCost: (() => answer) as LlmCostSpanProcessorOptions['onCost'] });
      endTwice({ catalog });
      expect(diag.messages).to.deep.equal([]);
    });
  });
}
