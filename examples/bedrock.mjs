// Trace AWS's Bedrock client: `recordUsage` turns its counts, which leave cached tokens out of the input, into ours.
// The fake provider stands for AWS; @llm-otel/testing is private to this repository.
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { startFakeProvider } from '@llm-otel/testing';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { createLlmSpanProcessors, traceLlmCall, traceLlmStream } from 'llm-otel';

const aws = await startFakeProvider();
const usage = { input: 1300, cacheRead: 1000, cacheWrite: 100, output: 350 };
aws.enqueue({ error: { status: 429 } }, { usage }, { chunks: ['Hel', 'lo.'], usage });

const exporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({
  spanProcessors: [...createLlmSpanProcessors(), new SimpleSpanProcessor(exporter)],
});
const client = new BedrockRuntimeClient({
  region: 'us-east-1',
  endpoint: aws.url,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: new NodeHttpHandler(), // because the fake provider does not speak HTTP/2
});

function recordUsage(
  call,
  { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens, cacheDetails },
) {
  call.recordUsage({
    inputTokens: inputTokens + (cacheReadInputTokens ?? 0) + (cacheWriteInputTokens ?? 0),
    outputTokens,
    cacheReadTokens: cacheReadInputTokens,
    cacheWriteTokens: cacheWriteInputTokens,
    cacheWrite1hTokens: cacheDetails?.find(({ ttl }) => ttl === '1h')?.inputTokens,
  });
}

/** The client repeats a failed request by itself, and says afterwards how often. */
function recordRetries(call, { $metadata }) {
  for (let attempt = 1; attempt < $metadata.attempts; attempt++) call.recordRetry();
}

const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const request = { modelId, messages: [{ role: 'user', content: [{ text: 'Say hello.' }] }] };
const options = { provider: 'aws.bedrock', model: modelId, tracerProvider };

await traceLlmCall(options, async (call) => {
  const response = await client.send(new ConverseCommand(request));
  recordRetries(call, response);
  recordUsage(call, response.usage);
  call.recordResponse({ stopReason: response.stopReason, serviceTier: response.serviceTier?.type });
  return response;
});

function onChunk({ contentBlockDelta, messageStop, metadata }, call) {
  if (messageStop) call.recordResponse({ stopReason: messageStop.stopReason });
  if (metadata) recordUsage(call, metadata.usage);
  return contentBlockDelta !== undefined; // only these have content
}
const stream = await traceLlmStream({ ...options, onChunk }, async (call) => {
  const response = await client.send(new ConverseStreamCommand(request));
  recordRetries(call, response);
  return response.stream;
});
for await (const { contentBlockDelta } of stream)
  if (contentBlockDelta) console.log(contentBlockDelta.delta.text);

for (const { attributes } of exporter.getFinishedSpans())
  console.log(attributes['llm.tokens.input'], attributes['llm.retry_count'], attributes['llm.cost_usd']);
await aws.close();
// Hel
// lo.
// 1300 1 0.0071775
// 1300 0 0.0071775
