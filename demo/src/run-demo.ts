import Anthropic from '@anthropic-ai/sdk';
import { type OtlpReceiver, startFakeProvider, startOtlpReceiver } from '@llm-otel/testing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { type BatchingStats, wrapAnthropic, wrapOpenAI } from 'llm-otel';
import OpenAI from 'openai';
import { type Clients, demoCalls, secretTexts } from './calls.js';
import { KeepingExporter } from './keeping-exporter.js';
import { makeCall } from './make-calls.js';
import { startPipeline } from './pipeline.js';
import { type Row, removedValues, toRows } from './rows.js';

export interface DemoOptions {
  /** Whether content is removed. `false` shows that the leak check can fail. */
  readonly redaction: boolean;
  /** Whether to call the real APIs whose keys are in the environment, instead of the fake provider. */
  readonly live: boolean;
  /** Value of `OTEL_EXPORTER_OTLP_ENDPOINT`; if `undefined`, spans go to an embedded receiver. */
  readonly otlpEndpoint: string | undefined;
}

export interface DemoResult {
  readonly rows: readonly Row[];
  readonly removedValues: number;
  /** Texts of prompts and responses found in what was received; `undefined` for a foreign backend. */
  readonly leaks: readonly string[] | undefined;
  readonly ledger: BatchingStats;
  /** The latest error of an export, if there was one. */
  readonly error: Error | undefined;
}

/** The pipeline end to end: real clients; spans priced, redacted, shipped over OTLP, and read back. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const receiver = options.otlpEndpoint === undefined ? await startOtlpReceiver() : undefined;
  // Without a URL, the stock exporter reads the environment.
  const otlp = new OTLPTraceExporter(receiver && { url: receiver.url });
  const kept = new KeepingExporter(otlp);
  try {
    const { tracer, shutdown } = startPipeline(kept, options);
    await withClients(options, async (clients, calls) => {
      for (const call of calls) await makeCall(tracer, clients, call);
    });
    const ledger = await shutdown();
    // Show what the receiver decoded. A foreign backend can't be queried, so there show what was sent.
    const spans = receiver?.spans ?? kept.spans;
    return {
      rows: toRows(spans),
      removedValues: removedValues(spans),
      leaks: receiver && findLeaks(receiver),
      ledger,
      error: kept.error,
    };
  } finally {
    await receiver?.close();
  }
}

async function withClients(
  { live }: DemoOptions,
  use: (clients: Clients, calls: typeof demoCalls) => Promise<void>,
): Promise<void> {
  if (live) {
    const keys = { openai: process.env.OPENAI_API_KEY, anthropic: process.env.ANTHROPIC_API_KEY };
    const calls = demoCalls.filter((call) => call.live === true && keys[call.api] !== undefined);
    if (calls.length === 0)
      throw new Error('--live needs OPENAI_API_KEY or ANTHROPIC_API_KEY in the environment.');
    return use(
      {
        openai: wrapOpenAI(new OpenAI({ apiKey: keys.openai ?? 'none' })),
        anthropic: wrapAnthropic(new Anthropic({ apiKey: keys.anthropic ?? 'none' })),
      },
      calls,
    );
  }
  const provider = await startFakeProvider();
  provider.enqueue(...demoCalls.flatMap((call) => call.replies));
  try {
    await use(
      {
        openai: wrapOpenAI(new OpenAI({ apiKey: 'demo', baseURL: provider.openAiBaseUrl })),
        anthropic: wrapAnthropic(new Anthropic({ apiKey: 'demo', baseURL: provider.anthropicBaseUrl })),
      },
      demoCalls,
    );
  } finally {
    await provider.close();
  }
}

function findLeaks({ bodies }: OtlpReceiver): string[] {
  return secretTexts.filter((text) => bodies.some((body) => body.includes(text)));
}
