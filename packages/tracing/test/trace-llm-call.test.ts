import { setTimeout as sleep } from 'node:timers/promises';
import { type RecordingProvider, recordDiag, recordingProvider } from '@llm-otel/testing';
import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { type LlmCallOptions, type LlmCallRecorder, traceLlmCall } from '../src/index.js';
import { brokenTracers } from './support/broken-tracers.js';
import { expectFailure, expectSuccess, onlySpan } from './support/spans.js';

describe('traceLlmCall', () => {
  let provider: RecordingProvider;
  let options: LlmCallOptions;
  beforeEach(() => {
    provider = recordingProvider();
    options = { provider: 'acme', model: 'road-runner-1', tracer: provider.tracer };
  });
  const attributes = () => onlySpan(provider.spans).attributes;
  const base = { 'llm.provider': 'acme', 'llm.model': 'road-runner-1', 'llm.retry_count': 0 };

  it('returns the result of the call, and names the span after operation and model', async () => {
    const result = {};
    expect(await traceLlmCall(options, async () => result)).to.equal(result);
    const span = onlySpan(provider.spans);
    expect(span.name).to.equal('chat road-runner-1');
    expectSuccess(span, { ...base, 'llm.success': true });
  });

  it('names the span after the given operation', async () => {
    await traceLlmCall({ ...options, operation: 'embeddings' }, async () => undefined);
    expect(onlySpan(provider.spans).name).to.equal('embeddings road-runner-1');
  });

  it('records everything that the recorder is given', async () => {
    await traceLlmCall(options, async (call) => {
      call.recordRequest({
        temperature: 0,
        maxTokens: 9,
        messageCount: 2,
        systemLength: 3,
        streaming: false,
      });
      call.recordUsage({
        inputTokens: 125,
        outputTokens: 50,
        cacheReadTokens: 100,
        cacheWriteTokens: 20,
        cacheWrite1hTokens: 5,
        reasoningTokens: 30,
      });
      call.recordResponse({ model: 'served', stopReason: 'stop', responseLength: 7 });
    });
    expectSuccess(onlySpan(provider.spans), {
      ...base,
      'llm.success': true,
      'llm.model': 'served',
      'llm.temperature': 0,
      'llm.max_tokens': 9,
      'llm.prompt.message_count': 2,
      'llm.prompt.system_length': 3,
      'llm.streaming': false,
      'llm.tokens.input': 125,
      'llm.tokens.output': 50,
      'llm.tokens.total': 175,
      'llm.tokens.cache_read': 100,
      'llm.tokens.cache_write': 20,
      'llm.tokens.cache_write_1h': 5,
      'llm.tokens.reasoning': 30,
      'llm.stop_reason': 'stop',
      'llm.response.length': 7,
    });
  });

  it('omits values that are not valid numbers, and a total of which one count is unknown', async () => {
    await traceLlmCall(options, async (call) => {
      call.recordRequest({ temperature: Number.NaN, maxTokens: -1, model: '' });
      call.recordUsage({ inputTokens: 10, outputTokens: Number.NaN, reasoningTokens: 1.5 });
    });
    expectSuccess(onlySpan(provider.spans), { ...base, 'llm.success': true, 'llm.tokens.input': 10 });
  });

  it('has the total of counts that are recorded one after the other, and again', async () => {
    await traceLlmCall({ ...options, conventions: ['llm', 'gen_ai'] }, async (call) => {
      call.recordUsage({ inputTokens: 10 });
      call.recordUsage({ outputTokens: 1 });
      call.recordUsage({ outputTokens: 20 });
    });
    expect(attributes()).to.include({ 'llm.tokens.total': 30, 'gen_ai.usage.total_tokens': 30 });
  });

  it('counts chunks, and measures the time to the first one with content', async () => {
    await traceLlmCall(options, async (call) => {
      call.recordChunk({ content: false });
      await sleep(20);
      call.recordChunk();
      call.recordChunk({ content: true });
      await sleep(250);
    });
    expect(attributes()['llm.chunks']).to.equal(3);
    expect(attributes()['llm.ttft_ms']).to.be.within(18, 200);
    // A stream lasts to its last chunk.
    expect(attributes()['llm.latency_ms']).to.be.within(18, 200);
  });

  it('counts retries, and adds an event for each', async () => {
    await traceLlmCall(options, async (call) => {
      call.recordRetry({ status: 529, delayMillis: 12.5 });
      call.recordRetry();
    });
    const { events } = onlySpan(provider.spans);
    expect(attributes()['llm.retry_count']).to.equal(2);
    expect(events.map(({ name, attributes: of }) => ({ name, ...of }))).to.deep.equal([
      {
        name: 'llm.retry',
        'http.request.resend_count': 1,
        'http.response.status_code': 529,
        'llm.retry.delay_ms': 12.5,
        'error.type': 'overloaded',
      },
      { name: 'llm.retry', 'http.request.resend_count': 2 },
    ]);
  });

  it('rethrows the same error, and records its class, status and message', async () => {
    const headers = new Headers({ 'retry-after': '3' });
    const error = Object.assign(new Error('slow down'), { status: 429, headers });
    const thrown = await traceLlmCall(options, async () => {
      throw error;
    }).catch((caught: unknown) => caught);
    expect(thrown).to.equal(error);
    expectFailure(onlySpan(provider.spans), 'rate_limit', {
      ...base,
      'llm.success': false,
      'llm.error.status': 429,
      'llm.error.retry_after': 3,
      'llm.error.message': 'slow down',
    });
  });

  it('rethrows what is thrown synchronously, even a string', async () => {
    const thrown = await traceLlmCall(options, () => {
      throw 'a string';
    }).catch((caught: unknown) => caught);
    expect(thrown).to.equal('a string');
    expect(attributes()).to.include({ 'llm.success': false, 'llm.error.message': 'a string' });
  });

  it('marks a call as failed by the first recorded error, although the application handled it', async () => {
    const result = await traceLlmCall(options, async (call) => {
      call.recordError({ status: 500 });
      call.recordError({ status: 400 });
      return 'fallback';
    });
    expect(result).to.equal('fallback');
    expect(attributes()).to.include({ 'llm.success': false, 'llm.error.status': 500 });
  });

  it('ignores what is recorded after the end', async () => {
    let recorder: LlmCallRecorder | undefined;
    await traceLlmCall(options, async (call) => {
      recorder = call;
    });
    recorder?.recordRetry();
    recorder?.recordError(new Error());
    recorder?.recordUsage({ inputTokens: 1, outputTokens: 1 });
    expectSuccess(onlySpan(provider.spans), { ...base, 'llm.success': true });
  });

  it('makes the span active: spans that are started inside the call are its children', async () => {
    const unregister = provider.register();
    try {
      await traceLlmCall(options, async () => {
        await sleep(1);
        provider.tracer.startSpan('inner').end();
      });
      expect(trace.getActiveSpan()).to.equal(undefined);
    } finally {
      unregister();
    }
    const [inner, call] = provider.spans;
    expect(inner?.parentSpanContext?.spanId).to.equal(call?.spanContext().spanId);
  });

  it('cuts error messages at 1,024 characters', async () => {
    await traceLlmCall(options, async () => {
      throw new Error('x'.repeat(100_000));
    }).catch(() => undefined);
    expect(attributes()['llm.error.message']).to.have.length(1024);
  });

  for (const [name, broken] of Object.entries(brokenTracers))
    it(`returns the result although telemetry is broken: ${name}`, async () => {
      const diag = recordDiag();
      const result = await traceLlmCall({ ...options, tracer: undefined, ...broken }, async (call) => {
        call.recordUsage({ inputTokens: 1 });
        call.recordRetry();
        call.recordChunk();
        call.recordError(new Error());
        return 'result';
      });
      expect(result).to.equal('result');
      diag.stop();
    });

  it('returns a stream as it is, and warns that streams need traceLlmStream', async () => {
    const diag = recordDiag();
    const { tracer } = recordingProvider();
    const stream = new ReadableStream();
    expect(await traceLlmCall({ provider: 'acme', model: 'm', tracer }, () => stream)).to.equal(stream);
    expect(diag.messages.map(({ message }) => message)).to.deep.equal([
      '@llm-otel/tracing: traceLlmCall returned a stream, which its span does not cover: use traceLlmStream instead',
    ]);
    diag.stop();
  });

  it('returns the result whatever values the options and the recorder are given', async () => {
    const diag = recordDiag();
    const bad = undefined as never;
    for (const given of [undefined, null, {}, { provider: 1, model: {} }])
      expect(
        await traceLlmCall(given as never, async (call) => {
          call.recordRequest(bad);
          call.recordUsage(bad);
          call.recordChunk(null as never);
          call.recordResponse(bad);
          call.recordRetry(null as never);
          call.recordError(bad);
          return 'result';
        }),
      ).to.equal('result');
    expect(diag.messages.map(({ message }) => message)).to.include(
      '@llm-otel/tracing: the options "provider" and "model" must be non-empty strings',
    );
    diag.stop();
  });
});
