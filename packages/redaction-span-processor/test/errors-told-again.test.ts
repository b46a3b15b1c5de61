import { LlmRedactionSpanProcessor } from '@llm-otel/redaction-span-processor';
import { recordingProvider, sdkLines } from '@llm-otel/testing';
import { type Attributes, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { QuotedErrors } from '../src/quoted-errors.js';
import { call, http } from './support/parts.js';

for (const sdk of sdkLines) {
  describe(`an error that is recorded again on the spans above, on SDK ${sdk.name}`, () => {
    /** Records the errors on a span of an LLM call and on the one above. */
    const above = (inCall: Error, outside: Error, attributes: Attributes = call) => {
      const provider = recordingProvider([new LlmRedactionSpanProcessor()], { sdk });
      const parent = provider.tracer.startSpan('POST /chat', { attributes: http });
      const child = provider.tracer.startSpan(
        'chat',
        { attributes },
        trace.setSpan(context.active(), parent),
      );
      for (const [span, error] of [
        [child, inCall],
        [parent, outside],
      ] as const) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        span.end();
      }
      const [, ended] = provider.spans;
      return { message: ended?.status.message, exception: ended?.events[0]?.attributes };
    };

    it('is treated as on the call', () => {
      const error = new Error('refused: tell me a secret');
      expect(above(error, error)).to.deep.equal({
        message: undefined,
        exception: { 'exception.type': 'Error' },
      });
    });

    it('is known within an error that wraps it', () => {
      const error = new Error('refused: tell me a secret');
      expect(above(error, new Error(`the agent failed: ${error.message}`))).to.deep.equal({
        message: undefined,
        exception: { 'exception.type': 'Error' },
      });
    });

    it('is told from another error, which keeps its text', () => {
      const { message, exception } = above(
        new Error('refused: tell me a secret'),
        new Error('no such table'),
      );
      expect(message).to.equal('no such table');
      expect(exception).to.include({ 'exception.message': 'no such table' });
    });

    it('is no matter where the span below is no LLM call', () => {
      const error = new Error('no such table');
      expect(above(error, error, http).message).to.equal('no such table');
    });
  });
}

describe('an error of a call that did not record it', () => {
  /** Records an error on a span above a call, or alone. */
  const above = (error: Error, endCall?: (call: Span) => void) => {
    const provider = recordingProvider([new LlmRedactionSpanProcessor()]);
    const parent = provider.tracer.startSpan('POST /chat', { attributes: http });
    if (endCall !== undefined) {
      const child = provider.tracer.startSpan(
        'chat',
        { attributes: call },
        trace.setSpan(context.active(), parent),
      );
      endCall(child);
      child.end();
    }
    parent.recordException(error);
    parent.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    parent.end();
    const ended = provider.spans.at(-1);
    return { message: ended?.status.message, exception: ended?.events[0]?.attributes };
  };
  const withStack = (file: string) =>
    Object.assign(new Error('refused: tell me a secret'), {
      stack: `Error: refused: tell me a secret\n    at APIError.generate (${file}:45:20)\n    at main (/app/main.js:1:1)`,
    });
  const gone = { message: undefined, exception: { 'exception.type': 'Error' } };

  for (const file of [
    '/app/node_modules/openai/core/error.js',
    'file:///app/node_modules/.pnpm/@langchain+core@1.4.0/node_modules/@langchain/core/dist/tools.js',
    'C:\\app\\node_modules\\@anthropic-ai\\sdk\\core\\error.js',
    '/app/node_modules/@azure/ai-projects/dist/index.js',
    '/app/node_modules/@tanstack/ai-openai/dist/index.js',
    '/app/node_modules/@modelcontextprotocol/sdk/dist/cjs/client/index.js',
    '/app/node_modules/@google/gemini-cli-core/dist/src/core/loggingContentGenerator.js',
    '/app/node_modules/@browserbasehq/stagehand/dist/index.mjs',
    '/app/node_modules/@flue/runtime/dist/index.mjs',
    '/app/node_modules/@workflow/ai/dist/agent/do-stream-step.js',
    '/app/node_modules/eve/dist/src/index.js',
  ])
    it(`is known by its stack: ${file}`, () => {
      expect(above(withStack(file))).to.deep.equal(gone);
    });

  for (const file of [
    '/app/src/openai/store.js',
    '/app/node_modules/openai-like/index.js',
    '/app/node_modules/pg/index.js',
  ])
    it(`is told from another by its stack: ${file}`, () => {
      expect(above(withStack(file)).message).to.equal('refused: tell me a secret');
    });

  it('is each that comes after a call that failed and did not say why', () => {
    const error = new Error('refused: tell me a secret');
    const fail = (span: Span) => void span.setStatus({ code: SpanStatusCode.ERROR });
    const breakOff = (span: Span) => void span.setAttribute('ai.response.finishReason', 'error');
    expect(above(error, fail)).to.deep.equal(gone);
    expect(above(error, breakOff)).to.deep.equal(gone);
  });

  it('is none after a call that went well', () => {
    expect(above(new Error('no such table'), () => undefined).message).to.equal('no such table');
  });
});

describe('QuotedErrors', () => {
  it('forgets the traces that were heard of least recently, and is bounded', () => {
    const errors = new QuotedErrors();
    for (let trace = 0; trace < 300; trace++) errors.remember(String(trace), 'some text');
    expect(errors.has('0')).to.equal(false);
    expect(errors.isIn('some text', '299')).to.equal(true);
    for (let text = 0; text < 100; text++) errors.remember('299', `text ${text}.`);
    expect(errors.isIn('text 3.', '299')).to.equal(true);
    expect(errors.isIn('text 99.', '299')).to.equal(false);
  });

  it('forgets a trace when it is told so', () => {
    const errors = new QuotedErrors();
    errors.remember('1', 'some text');
    errors.forget('1');
    expect(errors.isIn('some text', '1')).to.equal(false);
  });

  it('takes a short text for the whole of another only', () => {
    const errors = new QuotedErrors();
    errors.remember('1', 'Error');
    expect(errors.isIn('Error', '1')).to.equal(true);
    expect(errors.isIn('TypeError: x', '1')).to.equal(false);
  });
});
