import { expect } from 'chai';
import { recordedPeers } from '../fixtures.js';
import { allVerdicts, summary, type Verdict } from '../verdict.js';

describe('LlmCostSpanProcessor over the real packages', () => {
  let verdicts: readonly Verdict[];
  before(() => {
    verdicts = allVerdicts(recordedPeers());
  });

  it('is right, or says that it cannot know, in every trace of which a span ended', () => {
    console.log(summary([...verdicts]).join('\n'));
    const wrong = verdicts.filter(({ verdict }) => verdict === 'WRONG');
    expect(wrong.map(({ peer, scenario }) => `${peer}/${scenario}`)).to.deep.equal([]);
  });

  it('says that it assumed the standard tier where the peer does not tell another', () => {
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

  it('is right in 529 of 704 traces, and never less', () => {
    expect(verdicts.length).to.equal(704);
    expect(verdicts.filter(({ verdict }) => verdict === 'right').length).to.be.at.least(529);
  });

  it('is right wherever the spans carry what it takes, but where it would have to read the response itself', () => {
    const avoidable = verdicts.filter(
      ({ verdict, carried }) => carried && verdict !== 'right' && verdict !== 'lost',
    );
    expect(avoidable.map(({ peer, scenario }) => `${peer}/${scenario}`)).to.deep.equal([
      // Only `output.value`, which is content, tells them.
      'openinference/anthropic-cache-write-1h',
      'openinference-langchain/anthropic-cache-read-write',
      'openinference-langchain/anthropic-cache-write',
    ]);
  });

  it('knows what the provider billed for every trace that was reported wholly', () => {
    const free = allVerdicts(['openinference']).filter(({ expectedUsd }) => expectedUsd === 0);
    expect(free.map(({ scenario }) => scenario)).to.have.members([
      'anthropic-error',
      'openai-chat-error',
      'openai-embeddings-error',
      'openai-responses-error',
    ]);
  });
});
