// Trace Google's Gemini client: `record` turns what it reports into what is recorded, for a response and for each chunk.
// The fake provider stands for Google; @llm-otel/testing is private to this repository.
import { GoogleGenAI } from '@google/genai';
import { startFakeProvider } from '@llm-otel/testing';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createLlmSpanProcessors, traceLlmCall, traceLlmStream } from 'llm-otel';

const google = await startFakeProvider();
const usage = { input: 1200, cacheRead: 1000, output: 500, reasoning: 300 };
google.enqueue({ text: 'Hello.', usage }, { chunks: ['Hel', 'lo.'], usage });

const exporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({
  spanProcessors: [...createLlmSpanProcessors(), new SimpleSpanProcessor(exporter)],
});
const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: google.url } });

function record(call, { usageMetadata: tokens, responseId: id, modelVersion: model, candidates }) {
  call.recordResponse({ id, model, stopReason: candidates?.[0]?.finishReason });
  if (tokens === undefined) return;
  call.recordUsage({
    inputTokens: (tokens.promptTokenCount ?? 0) + (tokens.toolUsePromptTokenCount ?? 0),
    outputTokens: (tokens.candidatesTokenCount ?? 0) + (tokens.thoughtsTokenCount ?? 0),
    cacheReadTokens: tokens.cachedContentTokenCount,
    reasoningTokens: tokens.thoughtsTokenCount,
  });
}

const request = { model: 'gemini-2.5-flash', contents: 'Say hello.' };
const options = { provider: 'google', model: request.model, tracerProvider };

const { text } = await traceLlmCall(options, async (call) => {
  const response = await ai.models.generateContent(request);
  record(call, response);
  return response;
});
console.log(text);

const onChunk = (chunk, call) => record(call, chunk);
const stream = await traceLlmStream({ ...options, onChunk }, () => ai.models.generateContentStream(request));
for await (const chunk of stream) console.log(chunk.text);

for (const { attributes } of exporter.getFinishedSpans())
  console.log(attributes['llm.tokens.output'], attributes['llm.stop_reason'], attributes['llm.cost_usd']);
await google.close();
// Hello.
// Hel
// lo.
// 500 STOP 0.00134
// 500 STOP 0.00134
