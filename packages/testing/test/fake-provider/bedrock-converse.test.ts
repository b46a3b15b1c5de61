import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect } from 'chai';
import { collect, rejection, useClients } from './clients.js';

const usage = { input: 1300, output: 350, cacheRead: 1000, cacheWrite: 100, cacheWrite1h: 40 };
const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const request = { modelId, messages: [{ role: 'user' as const, content: [{ text: 'Say hello.' }] }] };
const reported = {
  inputTokens: 200,
  outputTokens: 350,
  totalTokens: 1650,
  cacheReadInputTokens: 1000,
  cacheWriteInputTokens: 100,
  cacheDetails: [
    { ttl: '1h', inputTokens: 40 },
    { ttl: '5m', inputTokens: 60 },
  ],
};

describe('fake provider: Bedrock Converse', () => {
  const clients = useClients();
  const bedrock = () =>
    new BedrockRuntimeClient({
      region: 'us-east-1',
      endpoint: clients().provider.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: new NodeHttpHandler(),
      maxAttempts: 1,
    });
  const stream = async () => {
    const response = await bedrock().send(new ConverseStreamCommand(request));
    return collect(response.stream as AsyncIterable<ConverseStreamOutput>);
  };

  it('leaves cached tokens out of the input tokens', async () => {
    clients().provider.enqueue({ text: 'Hi.', usage, serviceTier: 'flex' });
    const response = await bedrock().send(new ConverseCommand(request));
    expect(response.output?.message?.content).to.deep.equal([{ text: 'Hi.' }]);
    expect(response.stopReason).to.equal('end_turn');
    expect(response.serviceTier).to.deep.equal({ type: 'flex' });
    expect(response.usage).to.deep.equal(reported);
  });

  it('streams blocks, then the stop reason, then the usage', async () => {
    const toolCalls = [{ name: 'f', arguments: '{"a":1}' }];
    clients().provider.enqueue({ reasoning: 'Hm.', chunks: ['Hel', 'lo'], toolCalls, usage });
    const events = await stream();
    const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta ?? []);
    expect(deltas).to.deep.equal([
      { reasoningContent: { text: 'Hm.' } },
      { text: 'Hel' },
      { text: 'lo' },
      { toolUse: { input: '{"a"' } },
      { toolUse: { input: ':1}' } },
    ]);
    expect(events.slice(-2)).to.deep.equal([
      { messageStop: { stopReason: 'tool_use' } },
      { metadata: { usage: reported, metrics: { latencyMs: 10 } } },
    ]);
  });

  it("words errors as Bedrock's API does, before a stream and in it", async () => {
    const error = { status: 429, message: 'Too many tokens.' };
    clients().provider.enqueue({ error }, { error, errorAfterChunks: 1 });
    for (const _ of [1, 2])
      expect(await rejection(stream())).to.include({
        name: 'ThrottlingException',
        message: 'Too many tokens.',
      });
  });
});
