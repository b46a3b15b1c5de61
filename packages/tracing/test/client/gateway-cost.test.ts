import Anthropic from '@anthropic-ai/sdk';
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { GatewayCost } from '../../src/client/gateway-cost.js';
import { wrapAnthropic, wrapOpenAI } from '../../src/index.js';

const cost = { 'x-litellm-response-cost': '0.0042' };
const callId = { 'x-litellm-call-id': '8a1f' };

describe('the cost that a LiteLLM proxy reports', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  beforeEach(async () => {
    fake = await startFakeProvider();
    provider = recordingProvider([new LlmCostSpanProcessor()]);
  });
  afterEach(() => fake.close());

  const openAi = () => {
    const client = new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl });
    const { chat } = wrapOpenAI(client, { tracer: provider.tracer });
    return () => chat.completions.create({ model: 'our-alias', messages: [] });
  };
  const anthropic = () => {
    const client = new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl });
    const { messages } = wrapAnthropic(client, { tracer: provider.tracer });
    return () => messages.create({ model: 'our-alias', max_tokens: 9, messages: [] });
  };
  const costs = () => provider.spans.map(({ attributes }) => attributes['llm.cost_usd']);

  for (const [name, connect] of Object.entries({ openAi, anthropic })) {
    it(`is recorded for a model without a known price (${name})`, async () => {
      const call = connect();
      for (const headers of [cost, { 'x-litellm-response-cost': '1.5e-05' }, callId]) {
        fake.enqueue({ headers });
        await call();
      }
      expect(costs()).to.deep.equal([0.0042, 0.000015, undefined]);
      expect(provider.spans[2]?.attributes['llm.cost.status']).to.equal('unknown_model');
    });

    it(`is read if the first response of the host had headers of LiteLLM (${name})`, async () => {
      const call = connect();
      // The first answers tell nothing of the cost; an error may come from what is in front of it.
      fake.enqueue(
        { error: { status: 503, retryAfterSeconds: 0.01 } },
        { headers: callId },
        { headers: cost },
      );
      await call();
      await call();
      expect(costs()).to.deep.equal([undefined, 0.0042]);
    });

    it(`is not looked for if the first response of the host had none (${name})`, async () => {
      const call = connect();
      fake.enqueue({ headers: { 'x-request-cost': '1' } }, { headers: cost });
      await call();
      await call();
      expect(costs()).to.deep.equal([undefined, undefined]);
      for (const { attributes } of provider.spans)
        expect(attributes).not.to.have.property('gen_ai.usage.cost');
    });
  }
});

describe('GatewayCost', () => {
  it('reads only the headers of the first response if the host is no LiteLLM', () => {
    let reads = 0;
    const response = {
      get headers() {
        reads++;
        return new Headers({ 'content-type': 'application/json' });
      },
    };
    const gateway = new GatewayCost();
    for (let answer = 0; answer < 3; answer++) expect(gateway.read(response)).to.equal(undefined);
    expect(reads).to.equal(1);
  });

  it('reads headers in each form that a fetch returns', () => {
    /** As that of a `fetch` that is not Node's. */
    class OtherHeaders {
      readonly #headers = new Headers(cost);
      get = (name: string) => this.#headers.get(name);
      *keys() {
        yield* this.#headers.keys();
      }
    }
    const forms = [new Headers(cost), cost, { 'X-LiteLLM-Response-Cost': '0.0042' }, new OtherHeaders()];
    for (const headers of forms) expect(new GatewayCost().read({ headers })).to.equal(0.0042);
    for (const none of [undefined, null, {}, { headers: null }, { headers: 'x-litellm-call-id' }])
      expect(new GatewayCost().read(none)).to.equal(undefined);
  });

  it('ignores a header that is not a number', () => {
    for (const text of ['None', 'NaN', 'Infinity', '0,1'])
      expect(new GatewayCost().read({ headers: { 'x-litellm-response-cost': text } })).to.equal(undefined);
  });
});
