import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { PriceCatalog } from '@llm-otel/pricing';
import { type RecordingProvider, recordingProvider, sdkLines } from '@llm-otel/testing';
import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { expect } from 'chai';

const catalog = new PriceCatalog();
const tokens = (input: number, output: number, operation = 'chat'): Attributes => ({
  'gen_ai.operation.name': operation,
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
});
/** The attributes of a call when it starts; the tokens come later. */
const starting: Attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' };

for (const sdk of sdkLines) {
  describe(`a call is counted once, on SDK ${sdk.name}`, () => {
    let provider: RecordingProvider;
    beforeEach(() => {
      provider = recordingProvider([new LlmCostSpanProcessor({ catalog })], { sdk });
    });
    const start = (name: string, parent?: Span, attributes: Attributes = {}) =>
      provider.tracer.startSpan(name, { attributes }, parent && trace.setSpan(ROOT_CONTEXT, parent));
    const end = (span: Span, attributes: Attributes = {}) => span.setAttributes(attributes).end();
    const outcomes = () =>
      Object.fromEntries(
        provider.spans.map(({ name, attributes }) => [
          name,
          attributes['llm.cost_usd'] ?? attributes['llm.cost.status'],
        ]),
      );

    it('an agent is counted_in_child if there are calls below it, also below spans that are not calls', () => {
      const agent = start('agent');
      for (const name of ['step 1', 'step 2']) {
        const step = start(name, agent);
        end(start(`chat in ${name}`, step), tokens(1500, 350));
        end(step);
      }
      end(agent, tokens(3000, 700, 'invoke_agent'));
      expect(outcomes()).to.deep.equal({
        'chat in step 1': 0.00725,
        'step 1': undefined,
        'chat in step 2': 0.00725,
        'step 2': undefined,
        agent: 'counted_in_child',
      });
    });

    it('an agent that fails while a call below it never ends has the status missing_tokens', () => {
      const agent = start('agent');
      start('chat, lost', agent, starting);
      agent.setStatus({ code: SpanStatusCode.ERROR });
      end(agent, { 'gen_ai.operation.name': 'invoke_agent' });
      expect(outcomes()).to.deep.equal({ agent: 'missing_tokens' });
    });

    it('an agent that succeeds before a call below it ends has no status', () => {
      const agent = start('agent');
      const call = start('chat', agent, starting);
      end(agent, { 'gen_ai.operation.name': 'invoke_agent' });
      end(call, tokens(1500, 350));
      expect(outcomes()).to.deep.equal({ agent: undefined, chat: 0.00725 });
    });

    it('an agent that ends while a call in a running step is running is counted_in_child', () => {
      const agent = start('agent');
      const step = start('step', agent);
      const chat = start('chat', step, starting);
      end(agent, tokens(1500, 350, 'invoke_agent'));
      end(chat, tokens(1500, 350));
      end(step);
      expect(outcomes()).to.deep.equal({ agent: 'counted_in_child', chat: 0.00725, step: undefined });
    });

    it('an agent that started as a call is counted_in_child if another call is running, not if it is the only one', () => {
      const alone = start('alone', undefined, starting);
      end(alone, tokens(1500, 350, 'invoke_agent'));
      const agent = start('agent', undefined, starting);
      const chat = start('chat', start('step', agent), starting);
      end(agent, tokens(1500, 350, 'invoke_agent'));
      end(chat, tokens(1500, 350));
      expect(outcomes()).to.deep.equal({ alone: 0.00725, agent: 'counted_in_child', chat: 0.00725 });
    });

    it('an agent that fails with tokens while a call below it never ends is counted_in_child', () => {
      const agent = start('agent');
      start('chat, lost', agent, starting);
      agent.setStatus({ code: SpanStatusCode.ERROR });
      end(agent, tokens(1500, 350, 'invoke_agent'));
      expect(outcomes()).to.deep.equal({ agent: 'counted_in_child' });
    });

    it('an agent that fails with nothing below it has no status', () => {
      const agent = start('agent', undefined, { 'gen_ai.operation.name': 'invoke_agent' });
      agent.setStatus({ code: SpanStatusCode.ERROR });
      end(agent);
      expect(outcomes()).to.deep.equal({ agent: undefined });
    });

    it('an agent whose calls fail without tokens is priced itself', () => {
      const agent = start('agent');
      end(start('chat', agent, starting));
      end(agent, tokens(1500, 350, 'invoke_agent'));
      expect(outcomes()).to.deep.equal({ chat: 'missing_tokens', agent: 0.00725 });
    });

    it('of two nested agents without calls, marked as agents from the start, only the inner one is priced', () => {
      const agent = { 'gen_ai.operation.name': 'invoke_agent' };
      const outer = start('outer', undefined, agent);
      const inner = start('inner', outer, agent);
      end(inner, tokens(1500, 350, 'invoke_agent'));
      end(outer, tokens(1500, 350, 'invoke_agent'));
      expect(outcomes()).to.deep.equal({ inner: 0.00725, outer: 'counted_in_child' });
    });

    it('an agent above an agent that is counted_in_child is so, too', () => {
      const outer = start('outer');
      const inner = start('inner', outer);
      end(start('chat', inner), tokens(1500, 350));
      end(inner, tokens(1500, 350, 'invoke_agent'));
      end(outer, tokens(1500, 350, 'invoke_agent'));
      expect(outcomes()).to.deep.equal({
        chat: 0.00725,
        inner: 'counted_in_child',
        outer: 'counted_in_child',
      });
    });

    it('of two nested agents without calls, only the inner one is priced', () => {
      const outer = start('outer');
      const inner = start('inner', outer);
      end(inner, tokens(1500, 350, 'invoke_agent'));
      end(outer, tokens(1500, 350, 'invoke_agent'));
      expect(outcomes()).to.deep.equal({ inner: 0.00725, outer: 'counted_in_child' });
    });

    it('of two instrumentations of one call, the outer one is counted_in_child', () => {
      const outer = start('wrapper', undefined, starting);
      end(start('client', outer, starting), tokens(1500, 350));
      end(outer, tokens(1500, 350));
      expect(outcomes()).to.deep.equal({ client: 0.00725, wrapper: 'counted_in_child' });
    });

    it('the outer one is counted_in_child also if it leaves out cached tokens, or has no tokens at all', () => {
      for (const [name, attributes] of [
        ['exclusive', tokens(500, 350)],
        ['silent', starting],
      ] as const) {
        const outer = start(name);
        end(start(`client of ${name}`, outer), tokens(1500, 350));
        end(outer, attributes);
      }
      expect(outcomes()).to.include({ exclusive: 'counted_in_child', silent: 'counted_in_child' });
    });

    it('a call that makes another call is priced as well', () => {
      const outer = start('outer');
      end(start('inner', outer), tokens(100, 10));
      end(outer, tokens(1500, 350));
      expect(outcomes()).to.deep.equal({ inner: 0.00035, outer: 0.00725 });
    });

    it('a call that makes another call is priced even if one of its counts is the same, or smaller', () => {
      for (const [name, own] of [
        ['same output', tokens(2000, 350)],
        ['less output', tokens(1500, 100)],
      ] as const) {
        const outer = start(name);
        end(start(`inner of ${name}`, outer), tokens(1500, 350));
        end(outer, own);
      }
      expect(outcomes()).to.include({ 'same output': 0.0085, 'less output': 0.00475 });
    });

    it('sibling calls are all priced, even if they are identical', () => {
      const root = start('root');
      for (const name of ['a', 'b']) end(start(name, root), tokens(1500, 350));
      end(root);
      expect(outcomes()).to.deep.equal({ a: 0.00725, b: 0.00725, root: undefined });
    });

    it('a call that ends after its agent and step is priced', () => {
      const agent = start('agent');
      const step = start('step', agent);
      const chat = start('chat', step, starting);
      end(step);
      end(agent, tokens(1500, 350, 'invoke_agent'));
      end(chat, tokens(1500, 350));
      expect(outcomes()).to.deep.equal({ step: undefined, agent: 'counted_in_child', chat: 0.00725 });
    });

    it('a call that ends after its wrapper is priced', () => {
      const outer = start('wrapper', undefined, starting);
      const client = start('client', outer, starting);
      end(outer, tokens(1500, 350));
      end(client, tokens(1500, 350));
      expect(outcomes()).to.deep.equal({ wrapper: 'counted_in_child', client: 0.00725 });
    });

    it('a call whose parent is in another process is priced', () => {
      const remote = {
        traceId: '1'.repeat(32),
        spanId: '2'.repeat(16),
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      };
      const parent = trace.setSpanContext(ROOT_CONTEXT, remote);
      for (const name of ['a', 'b']) {
        const span = provider.tracer.startSpan(name, {}, parent);
        end(span, tokens(1500, 350));
      }
      expect(outcomes()).to.deep.equal({ a: 0.00725, b: 0.00725 });
    });

    it('a call with a cost but no tokens counts for the agent above', () => {
      const agent = start('agent');
      end(start('call', agent), { ...starting, 'gen_ai.usage.cost': 0.5 });
      end(agent, { ...tokens(1500, 350, 'invoke_agent'), 'gen_ai.usage.cost': 0.5 });
      expect(outcomes()).to.deep.equal({ call: 0.5, agent: 'counted_in_child' });
    });

    it('a call that was priced elsewhere counts for the agent above', () => {
      const agent = start('agent');
      end(start('chat', agent), { ...tokens(1500, 350), 'llm.cost_usd': 1 });
      end(agent, tokens(1500, 350, 'invoke_agent'));
      expect(outcomes()).to.deep.equal({ chat: 1, agent: 'counted_in_child' });
    });
  });
}
