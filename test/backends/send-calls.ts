import Anthropic from '@anthropic-ai/sdk';
import { installContextManager, startFakeProvider } from '@llm-otel/testing';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { createLlmSpanProcessors, OtlpBatchingSpanExporter, wrapAnthropic, wrapOpenAI } from 'llm-otel';
import OpenAI from 'openai';
import { type CallName, calls } from './calls.js';

/** Where the spans go, and with what. */
export interface SendOptions {
  /** `http://127.0.0.1:<port>/v1/traces` */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Attributes of the resource, besides the service's name. */
  readonly resource?: Readonly<Record<string, string>>;
  /** Whether prompts and responses are recorded and kept. */
  readonly content: boolean;
}

/** Makes all calls, as an application that is set up as the README says. @returns the id of each call's trace */
export async function sendCalls(options: SendOptions): Promise<ReadonlyMap<CallName, string>> {
  const { url, headers, resource, content } = options;
  const exporter = new OtlpBatchingSpanExporter({ url, ...(headers && { headers }) });
  const tracerProvider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'backends', ...resource }),
    spanProcessors: createLlmSpanProcessors({
      exporter,
      redaction: content ? { content: 'keep', patterns: [] } : {},
    }),
  });
  const provider = await startFakeProvider();
  const removeContextManager = installContextManager();
  const tracing = { tracerProvider, conventions: ['llm', 'gen_ai'] as const, captureContent: content };
  const once = { apiKey: 'key', maxRetries: 0 };
  const openai = new OpenAI({ ...once, baseURL: provider.openAiBaseUrl });
  const anthropic = new Anthropic({ ...once, baseURL: provider.anthropicBaseUrl });
  const clients = { openai: wrapOpenAI(openai, tracing), anthropic: wrapAnthropic(anthropic, tracing) };
  const traceIds = new Map<CallName, string>();
  try {
    for (const [name, call] of Object.entries(calls)) {
      provider.enqueue(call.reply);
      await tracerProvider.getTracer('app').startActiveSpan(name, async (span) => {
        traceIds.set(name as CallName, span.spanContext().traceId);
        await call.make(clients).catch(() => undefined);
        span.end();
      });
    }
    await tracerProvider.shutdown();
  } finally {
    removeContextManager();
    await provider.close();
  }
  const { accepted, exported } = exporter.stats();
  if (exported !== accepted) throw new Error(`${accepted - exported} spans were not accepted by ${url}.`);
  return traceIds;
}
