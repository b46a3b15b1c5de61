import { expect } from 'chai';
import { recordedPeers } from '../fixtures.js';
import { allVerdicts, summary } from '../verdict.js';

describe('LlmCostSpanProcessor over the real packages', () => {
  // What is right is shown, and not demanded yet: `npm run verdicts` shows each trace.
  it('gives a verdict on every trace', () => {
    const verdicts = allVerdicts(recordedPeers());
    console.log(summary(verdicts).join('\n'));
    expect(verdicts.length).to.be.greaterThan(600);
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
