import {
  type FakeProvider,
  type RecordingProviderOptions,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { type SpanContext, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapOpenAI } from '../../src/index.js';

describe('the span of a wrapped call', () => {
  let fake: FakeProvider;
  let active: (SpanContext | undefined)[];
  beforeEach(async () => {
    fake = await startFakeProvider();
    active = [];
  });
  afterEach(() => fake.close());
  const openai = () =>
    new OpenAI({
      apiKey: 'key',
      baseURL: fake.openAiBaseUrl,
      fetch: (url, init) => {
        active.push(trace.getActiveSpan()?.spanContext());
        return fetch(url, init);
      },
    });
  const body = { model: 'gpt-4o', messages: [] };

  it('is a child of the active span, and is active while the client works, including its retries', async () => {
    const provider = recordingProvider();
    const unregister = provider.register();
    try {
      fake.enqueue({ error: { status: 429, retryAfterSeconds: 0.01 } });
      const client = wrapOpenAI(openai());
      await provider.tracer.startActiveSpan('parent', async (parent) => {
        await client.chat.completions.create(body);
        expect(trace.getActiveSpan()).to.equal(parent);
        parent.end();
      });
      const [call, parent] = provider.spans;
      expect(call?.parentSpanContext?.spanId).to.equal(parent?.spanContext().spanId);
      expect(call?.attributes['llm.retry_count']).to.equal(1);
      expect(active.map((span) => span?.spanId)).to.deep.equal(Array(2).fill(call?.spanContext().spanId));
    } finally {
      unregister();
    }
  });

  it('is created by a provider that is registered after the client was wrapped', async () => {
    const client = wrapOpenAI(openai());
    const provider = recordingProvider();
    const unregister = provider.register();
    try {
      await client.chat.completions.create(body);
      expect(
        provider.spans.map(({ instrumentationScope: { name, version } }) => ({ name, version })),
      ).to.deep.equal([{ name: '@llm-otel/tracing', version: '0.1.0' }]);
    } finally {
      unregister();
    }
  });

  it('has its attributes when the sampler decides, and propagates its context if it is not sampled', async () => {
    const seen: unknown[] = [];
    const sampler: NonNullable<RecordingProviderOptions['sampler']> = {
      shouldSample: (_, __, name, kind, attributes) => {
        seen.push({ name, kind, attributes });
        return { decision: 0 };
      },
      toString: () => 'none',
    };
    const provider = recordingProvider([], { sampler });
    const unregister = provider.register();
    try {
      const client = wrapOpenAI(openai(), { tracer: provider.tracer });
      expect((await client.chat.completions.create(body)).model).to.equal('gpt-4o');
      expect(seen).to.deep.equal([
        {
          name: 'chat gpt-4o',
          kind: 2,
          attributes: {
            'llm.provider': 'openai',
            'llm.model': 'gpt-4o',
            'llm.prompt.message_count': 0,
            'llm.prompt.system_length': 0,
            'llm.streaming': false,
          },
        },
      ]);
      expect(active[0]?.traceFlags).to.equal(0);
      expect(provider.spans).to.have.length(0);
    } finally {
      unregister();
    }
  });

  it('does not affect the call if there is no provider', async () => {
    const client = wrapOpenAI(openai());
    expect((await client.chat.completions.create(body)).model).to.equal('gpt-4o');
    for await (const chunk of await client.chat.completions.create({ ...body, stream: true }))
      expect(chunk.object).to.equal('chat.completion.chunk');
  });
});
