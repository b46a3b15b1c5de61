import { expect } from 'chai';
import { recordedPeers } from '../fixtures.js';
import { allVerdicts, summary, type Verdict } from '../verdict.js';

/** Traces whose price cannot come out right, nor be known to be wrong, and why: the spans themselves are. */
const misled: readonly { readonly because: string; readonly peer: RegExp; readonly scenario: RegExp }[] = [
  {
    because: 'the emitter adds up the chunks of an Anthropic stream, and counts one output token too many',
    peer: /^(?:openlit|.*-langchain)$/,
    scenario: /^anthropic-.*streamed$/,
  },
  {
    because: 'the emitter estimates the tokens of a stream that reported none, and does not say so',
    peer: /^openlit$/,
    scenario: /^openai-chat-streamed-no-usage$/,
  },
  {
    because: 'the span of the call never ends, and those above it tell of no tokens',
    peer: /^(?:ai-sdk-7|ai-sdk-7-all|langfuse-ai-sdk)$/,
    scenario: /^anthropic-stream-error$/,
  },
];

describe('LlmCostSpanProcessor over the real packages', () => {
  let verdicts: readonly Verdict[];
  before(() => {
    verdicts = allVerdicts(recordedPeers());
  });

  it('is right, or says that it cannot know, wherever the spans tell the truth', () => {
    console.log(summary([...verdicts]).join('\n'));
    const wrong = verdicts.filter(
      ({ peer, scenario, verdict }) =>
        verdict === 'WRONG' &&
        !misled.some((known) => known.peer.test(peer) && known.scenario.test(scenario)),
    );
    expect(wrong.map(({ peer, scenario }) => `${peer}/${scenario}`)).to.deep.equal([]);
  });

  it('is right in 545 of 704 traces, and never less', () => {
    expect(verdicts.length).to.equal(704);
    expect(verdicts.filter(({ verdict }) => verdict === 'right').length).to.be.at.least(545);
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
