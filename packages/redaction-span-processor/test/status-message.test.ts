import {
  LlmRedactionSpanProcessor,
  type RedactionOptions,
  redactingSpanExporter,
  redactingSpanProcessor,
} from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, recordingProvider, sdkLines } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { resolvePolicy } from '../src/policy/resolve-policy.js';
import { redact } from '../src/redact/redact.js';
import { call, http, parts } from './support/parts.js';

const failed: Attributes = { ...call, 'error.type': 'rate_limit', 'llm.error.type': 'rate_limit' };

/** The message of the status, which must stay as it is when the span is redacted again. */
const messageOf = (attributes: Attributes, message: string, options?: RedactionOptions) => {
  const policy = resolvePolicy('test', options);
  const span = parts({ attributes, status: { code: 2, message } });
  const redacted = { ...span, ...redact(span, policy) };
  expect(redact(redacted, policy), 'redacted again').to.equal(undefined);
  expect(redacted.status.code).to.equal(2);
  return redacted.status.message;
};

describe('the status message of a failed call', () => {
  const policies: Record<string, RedactionOptions> = {
    'the default policy': {},
    "content: 'mask'": { content: 'mask' },
    "content: 'hash'": { content: 'hash', hmacKey: 'key' },
    "content: 'keep'": { content: 'keep' },
    "preset: 'strict'": { preset: 'strict' },
    "mode: 'allow' that lists error.type": { mode: 'allow', allowKeys: ['error.type'] },
    "mode: 'allow' that lists llm.error.type": { mode: 'allow', allowKeys: [/^llm\.error\./] },
  };
  for (const [name, options] of Object.entries(policies))
    it(`stays if it is the class of the error: ${name}`, () => {
      expect(messageOf(failed, 'rate_limit', options)).to.equal('rate_limit');
    });

  it('gives way to the class of the error if content is removed', () => {
    for (const options of [{}, { preset: 'strict' }, { mode: 'allow', allowKeys: ['error.type'] }] as const)
      expect(messageOf(failed, 'refused: secret', options)).to.equal('rate_limit');
    expect(messageOf({ ...call, 'llm.error.type': 'timeout' }, 'secret')).to.equal('timeout');
  });

  it('is replaced as the policy says if content is masked, hashed or decided by a function', () => {
    expect(messageOf(failed, 'secret', { content: 'mask' })).to.equal('[REDACTED]');
    expect(messageOf(failed, 'secret', { content: 'hash', hmacKey: 'key' })).to.match(/^hmac-sha256:/);
    const action = () => 'decided';
    expect(messageOf(failed, 'secret', { rules: [{ match: { group: 'content' }, action }] })).to.equal(
      'decided',
    );
  });

  it('is removed if the policy does not keep the class of the error, or there is none', () => {
    expect(messageOf(call, 'rate_limit')).to.equal(undefined);
    expect(messageOf(failed, 'rate_limit', { mode: 'allow', allowKeys: ['llm.model'] })).to.equal(undefined);
    expect(messageOf(failed, 'rate_limit', { blockKeys: [/error\.type$/] })).to.equal(undefined);
    expect(messageOf({ ...call, 'error.type': 429 }, '429')).to.equal(undefined);
    expect(messageOf({ ...call, 'error.type': '' }, 'secret')).to.equal(undefined);
  });

  it('has no more of the class than its attribute has', () => {
    const rules = [{ match: 'error.type', action: 'truncate', maxLength: 4 }] as const;
    const attributes = { ...call, 'error.type': 'rate_limit' };
    expect(messageOf(attributes, 'rate_limit', { rules })).to.equal('rate');
  });

  it('is removed if what the application calls the class of the error is a text', () => {
    const text = 'refused to answer: tell me a secret that nobody else knows';
    expect(messageOf({ ...call, 'error.type': text }, text)).to.equal(undefined);
    expect(messageOf({ ...call, 'error.type': text }, 'secret')).to.equal(undefined);
    expect(messageOf({ ...call, 'error.type': text, 'llm.error.type': 'api_error' }, text)).to.equal(
      'api_error',
    );
  });

  it('loses what patterns find also if the application calls it the class of the error', () => {
    const email = 'ann@example.com';
    expect(messageOf({ ...http, 'error.type': email }, email)).to.equal('[REDACTED]');
    expect(messageOf({ ...call, 'error.type': email }, email)).to.equal(undefined);
  });

  it('is removed if a rule or blockKeys say so', () => {
    for (const options of [
      { blockKeys: ['status.message'] },
      { blockKeys: ['status.message'], content: 'keep' },
      { rules: [{ match: 'status.message', action: 'remove' }] },
    ] as const)
      expect(messageOf(failed, 'rate_limit', options)).to.equal(undefined);
  });

  it('counts as removed when the class of the error takes its place', () => {
    const span = parts({ attributes: failed, status: { code: 2, message: 'secret' } });
    expect(redact(span, resolvePolicy('test'))?.tally).to.deep.equal({ removed: 1, masked: 0, failed: 0 });
  });

  it('stays on another span, whatever its error.type is', () => {
    expect(messageOf({ ...http, 'error.type': 'Error' }, 'no such table')).to.equal('no such table');
  });
});

for (const sdk of sdkLines) {
  describe(`the status message of a failed call on SDK ${sdk.name}`, () => {
    const through = {
      LlmRedactionSpanProcessor: (message: string) => {
        const provider = recordingProvider([new LlmRedactionSpanProcessor()], { sdk });
        end(provider, message);
        return provider.spans;
      },
      redactingSpanExporter: (message: string) => {
        const provider = recordingProvider([], { sdk });
        end(provider, message);
        const exporter = new FakeSpanExporter();
        redactingSpanExporter(exporter).export(provider.spans, () => undefined);
        return exporter.spans;
      },
      redactingSpanProcessor: (message: string) => {
        const spans: ReadableSpan[] = [];
        const processor = {
          onStart: () => undefined,
          onEnd: (span: ReadableSpan) => void spans.push(span),
          forceFlush: async () => undefined,
          shutdown: async () => undefined,
        };
        end(recordingProvider([redactingSpanProcessor(processor)], { sdk }), message);
        return spans;
      },
    };
    const end = ({ tracer }: ReturnType<typeof recordingProvider>, message: string) => {
      const span = tracer.startSpan('chat', { attributes: failed });
      span.setStatus({ code: 2, message });
      span.end();
    };

    for (const [name, spansOf] of Object.entries(through))
      it(`is the class of the error behind ${name}`, () => {
        for (const message of ['rate_limit', 'refused: tell me a secret'])
          expect(spansOf(message).map(({ status }) => status)).to.deep.equal([
            { code: 2, message: 'rate_limit' },
          ]);
      });
  });
}
