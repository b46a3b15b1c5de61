import {
  LlmRedactionSpanProcessor,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, recordingProvider, sdkLines } from '@llm-otel/testing';
import { type Attributes, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { BatchSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { QuotedErrors } from '../src/redact/quoted-errors.js';
import { call, http } from './support/parts.js';

for (const sdk of sdkLines) {
  describe(`the error of a call that is recorded again on a parent span, on SDK ${sdk.name}`, () => {
    /** Records one error on the span of an LLM call and one on its parent. */
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

    it('is treated as on the call itself', () => {
      const error = new Error('refused: tell me a secret');
      expect(above(error, error)).to.deep.equal({
        message: undefined,
        exception: { 'exception.type': 'Error' },
      });
    });

    it('is recognised in an error that wraps it', () => {
      const error = new Error('refused: tell me a secret');
      expect(above(error, new Error(`the agent failed: ${error.message}`))).to.deep.equal({
        message: undefined,
        exception: { 'exception.type': 'Error' },
      });
    });

    it('is distinguished from another error, which keeps its message', () => {
      const { message, exception } = above(
        new Error('refused: tell me a secret'),
        new Error('no such table'),
      );
      expect(message).to.equal('no such table');
      expect(exception).to.include({ 'exception.message': 'no such table' });
    });

    it('is kept if the child is not an LLM call', () => {
      const error = new Error('no such table');
      expect(above(error, error, http).message).to.equal('no such table');
    });
  });
}

describe('the error of a call that did not record it', () => {
  /** Records an error on the parent of a call, or on a span without a call below it. */
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
    it(`is recognised by its stack: ${file}`, () => {
      expect(above(withStack(file))).to.deep.equal(gone);
    });

  for (const file of [
    '/app/src/openai/store.js',
    '/app/node_modules/openai-like/index.js',
    '/app/node_modules/pg/index.js',
  ])
    it(`is distinguished from another error by its stack: ${file}`, () => {
      expect(above(withStack(file)).message).to.equal('refused: tell me a secret');
    });

  it('is assumed to be any error after a call that failed without saying why', () => {
    const error = new Error('refused: tell me a secret');
    const fail = (span: Span) => void span.setStatus({ code: SpanStatusCode.ERROR });
    const breakOff = (span: Span) => void span.setAttribute('ai.response.finishReason', 'error');
    expect(above(error, fail)).to.deep.equal(gone);
    expect(above(error, breakOff)).to.deep.equal(gone);
  });

  it('is assumed to be any error after a call that recorded no more than the class of its error', () => {
    const fail = (span: Span) => {
      span.setAttribute('error.type', 'invalid_request');
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'invalid_request' });
    };
    expect(above(new Error('refused: tell me a secret'), fail)).to.deep.equal(gone);
  });

  it('is recognised by llm.error.message, beside which the status has only the class', () => {
    const fail = (span: Span) => {
      span.setAttributes({
        'error.type': 'invalid_request',
        'llm.error.message': 'refused: tell me a secret',
      });
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'invalid_request' });
    };
    expect(above(new Error('refused: tell me a secret'), fail)).to.deep.equal(gone);
    expect(above(new Error('no such table'), fail).message).to.equal('no such table');
  });

  it('is not assumed after a call that succeeded', () => {
    expect(above(new Error('no such table'), () => undefined).message).to.equal('no such table');
  });
});

describe('an exporter behind the processor', () => {
  /** What arrives of an error on the parent of a call that recorded its own. */
  const arrives = async (
    inProcessor: RedactionOptions | undefined,
    inExporter: RedactionOptions | undefined,
    message = 'no such table',
    beforeEnd: (parent: Span) => void = () => undefined,
  ) => {
    const exporter = new FakeSpanExporter();
    const { tracer, shutdown } = recordingProvider([
      new LlmRedactionSpanProcessor(inProcessor),
      new BatchSpanProcessor(redactingSpanExporter(exporter, inExporter)),
    ]);
    const parent = tracer.startSpan('POST /chat', { attributes: http });
    const child = tracer.startSpan('chat', { attributes: call }, trace.setSpan(context.active(), parent));
    child.recordException(new Error('refused: tell me a secret'));
    child.setStatus({ code: SpanStatusCode.ERROR });
    child.end();
    parent.setStatus({ code: SpanStatusCode.ERROR, message });
    beforeEnd(parent);
    parent.end();
    await shutdown();
    return exporter.spans.find(({ name }) => name === 'POST /chat')?.status.message;
  };

  it('keeps other errors, whatever the options: it knows what the processor has removed from the call', async () => {
    const rules = [{ match: 'exception.message', action: 'remove' } as const];
    for (const options of [undefined, { summary: 'counts' }, { content: 'keep', rules }] as const) {
      expect(await arrives(options, undefined)).to.equal('no such table');
      expect(await arrives(options, undefined, 'refused: tell me a secret')).to.equal(undefined);
    }
  });

  it('removes the error of the call from a span that the processor could not change', async () => {
    const freeze = (span: Span) => {
      const { status } = span as unknown as ReadableSpan;
      Object.defineProperty(span, 'status', { value: Object.freeze(status), writable: false });
    };
    expect(await arrives(undefined, undefined, 'refused: tell me a secret', freeze)).to.equal(undefined);
    expect(await arrives(undefined, undefined, 'no such table', freeze)).to.equal('no such table');
  });
});

describe('QuotedErrors', () => {
  it('remembers 256 traces, and forgets the least recently used one', () => {
    const errors = new QuotedErrors();
    for (let trace = 0; trace < 256; trace++) errors.remember(String(trace), 'some text');
    expect(errors.isIn('some text', '0')).to.equal(true);
    errors.remember('0', 'another text');
    errors.remember('256', 'some text');
    expect(errors.has('0')).to.equal(true);
    expect(errors.has('1')).to.equal(false);
    expect(errors.has('2')).to.equal(true);
  });

  it('remembers 16 texts of a trace, of up to 16,384 characters', () => {
    const errors = new QuotedErrors();
    errors.remember('1', 'x'.repeat(16_385));
    expect(errors.has('1')).to.equal(false);
    errors.remember('1', 'x'.repeat(16_384));
    for (let text = 2; text <= 17; text++) errors.remember('1', `text ${text}.`);
    expect(errors.isIn('x'.repeat(16_384), '1')).to.equal(true);
    expect(errors.isIn('text 16.', '1')).to.equal(true);
    expect(errors.isIn('text 17.', '1')).to.equal(false);
  });

  it('forgets a trace on request', () => {
    const errors = new QuotedErrors();
    errors.remember('1', 'some text');
    errors.forget('1');
    expect(errors.isIn('some text', '1')).to.equal(false);
  });

  it('matches a short text only as a whole', () => {
    const errors = new QuotedErrors();
    errors.remember('1', 'Error');
    expect(errors.isIn('Error', '1')).to.equal(true);
    expect(errors.isIn('TypeError: x', '1')).to.equal(false);
    errors.remember('1', '7 chars');
    errors.remember('1', '8 chars.');
    expect(errors.isIn('of 7 chars', '1')).to.equal(false);
    expect(errors.isIn('of 8 chars.', '1')).to.equal(true);
  });
});
