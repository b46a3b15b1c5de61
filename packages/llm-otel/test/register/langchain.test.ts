import type { ReceivedSpan } from '@llm-otel/testing';
import { expect } from 'chai';
import { leaks, Services } from './services.js';

const text = 'CANARY-RESPONSE.';
const usage = { input: 1500, output: 350 };

describe("llm-otel/register and LangChain's callback handler in one process", function () {
  this.timeout(60_000);
  const services = Services.ofSuite();

  for (const app of ['langchain.mjs', 'langchain.cjs'])
    it(`makes each call of ${app} a run with the client's call below, and prices it once`, async () => {
      const reply = { text, usage };
      await services.fake.replyAlways(reply);
      await services.fake.enqueue(
        ...Array(6).fill(reply),
        { error: { status: 400 } },
        { error: { status: 503 } },
      );
      const { stdout, stderr } = await services.run(app);
      expect(stderr).to.equal('');
      expect(JSON.parse(stdout)).to.deep.equal({ failure: 'BadRequestError', texts: Array(9).fill(text) });
      const spans = await services.receiver.spans();
      const openAi = ['chat gpt-4o counted_in_child', '  chat gpt-4o 0.00725'];
      const anthropic = ['chat claude-opus-4-1 counted_in_child', '  chat claude-opus-4-1 0.04875'];
      expect(outline(spans)).to.deep.equal([
        // Plain and streamed: chat, responses, messages.
        ...Array(4).fill(openAi).flat(),
        ...Array(2).fill(anthropic).flat(),
        'chat gpt-4o missing_tokens',
        '  chat gpt-4o missing_tokens',
        'chat gpt-4o counted_in_child',
        '  chat gpt-4o missing_tokens',
        '  chat gpt-4o 0.00725',
        'invoke_workflow RunnableMap',
        ...anthropic.map((line) => `  ${line}`),
        ...openAi.map((line) => `  ${line}`),
      ]);
      expect(new Set(spans.map(({ scope }) => scope.name))).to.deep.equal(new Set(['@llm-otel/tracing']));
      expect(leaks(spans)).to.equal(false);
    });
});

/**
 * Names and prices, or why there is none, with children below their parent in the order of their start, those of a
 * workflow, which start at once, in the order of their names.
 */
function outline(spans: readonly ReceivedSpan[], parent = '', isParallel = false): string[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .sort((a, b) =>
      isParallel ? a.name.localeCompare(b.name) : Number(a.startTimeUnixNano - b.startTimeUnixNano),
    )
    .flatMap(({ name, attributes, spanId }) => [
      [name, attributes['llm.cost_usd'] ?? attributes['llm.cost.status']].join(' ').trim(),
      ...outline(spans, spanId, name.startsWith('invoke_workflow')).map((line) => `  ${line}`),
    ]);
}
