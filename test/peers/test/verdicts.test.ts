import { expect } from 'chai';
import { recordedPeers } from '../fixtures.js';
import { allVerdicts, summary, type Verdict } from '../verdict.js';

describe('what LlmCostSpanProcessor writes to the recorded spans, compared with the bill', () => {
  let verdicts: readonly Verdict[];
  before(() => {
    verdicts = allVerdicts(recordedPeers());
  });

  it('is never a wrong total without a status that tells so', () => {
    console.log(summary([...verdicts]).join('\n'));
    const wrong = verdicts.filter(({ verdict }) => verdict === 'WRONG');
    expect(wrong.map(({ peer, scenario }) => `${peer}/${scenario}`)).to.deep.equal([]);
  });

  it('says that the standard tier is assumed where no span has the tier', () => {
    const assumed = verdicts.filter(({ verdict, assumesTier }) => verdict === 'marked' && assumesTier);
    expect(
      assumed
        .filter(({ statuses }) => statuses.every((status) => status === 'counted_in_child'))
        .map(({ peer, scenario }) => `${peer}/${scenario}`),
    ).to.deep.equal([
      'ai-sdk-4/openai-chat-tier',
      'ai-sdk-6/openai-chat-tier',
      'ai-sdk-7/openai-chat-tier',
      'ai-sdk-7-all/openai-chat-tier',
      'ai-sdk-7-legacy/openai-chat-tier',
      'langfuse/openai-chat-tier',
      'langfuse/openai-responses-tier',
      'langfuse-ai-sdk/openai-chat-tier',
      'sentry/openai-chat-tier',
      'sentry/openai-responses-tier',
    ]);
    for (const { carried } of assumed) expect(carried).to.equal(false);
  });

  it('is the right total in at least 529 of 704 traces', () => {
    expect(verdicts.length).to.equal(704);
    expect(verdicts.filter(({ verdict }) => verdict === 'right').length).to.be.at.least(529);
  });

  it('is the right total wherever the spans have the data for it, unless only content has them', () => {
    const avoidable = verdicts.filter(
      ({ verdict, carried }) => carried && verdict !== 'right' && verdict !== 'lost',
    );
    expect(avoidable.map(({ peer, scenario }) => `${peer}/${scenario}`)).to.deep.equal([
      // Only `output.value`, which is content, has the counts of cache writes.
      'openinference/anthropic-cache-write-1h',
      'openinference-langchain/anthropic-cache-read-write',
      'openinference-langchain/anthropic-cache-write',
    ]);
  });

  it('is compared with a bill of zero for a call that failed', () => {
    const free = allVerdicts(['openinference']).filter(({ expectedUsd }) => expectedUsd === 0);
    expect(free.map(({ scenario }) => scenario)).to.have.members([
      'anthropic-error',
      'openai-chat-error',
      'openai-embeddings-error',
      'openai-responses-error',
    ]);
  });
});
