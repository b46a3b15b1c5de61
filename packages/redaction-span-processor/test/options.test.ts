import {
  LlmRedactionSpanProcessor,
  redactingSpanExporter,
  redactingSpanProcessor,
} from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter } from '@llm-otel/testing';
import { NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { resolvePolicy } from '../src/policy/resolve-policy.js';

const wrong: readonly [options: unknown, message: string][] = [
  [null, 'expected an options object, got null.'],
  ['mask', 'expected an options object, got "mask" (string).'],
  [{ Content: 'mask' }, 'unknown option "Content". Did you mean "content"?'],
  [
    { pattern: /x/ },
    'unknown option "pattern". The options are: preset, content, marker, hmacKey, mode, allowKeys, blockKeys, rules, patterns, summary, meterProvider.',
  ],
  [
    { content: 'delete' },
    `option "content" must be one of 'remove', 'mask', 'hash', 'keep', got "delete" (string).`,
  ],
  [{ content: 'hash' }, `option "content": 'hash' needs the option "hmacKey".`],
  [{ content: 'hash', hmacKey: '' }, 'option "hmacKey" must be a non-empty string, got "" (string).'],
  [{ hmacKey: 7 }, 'option "hmacKey" must be a non-empty string, got 7 (number).'],
  [{ mode: 'deny' }, `option "mode" must be one of 'block', 'allow', got "deny" (string).`],
  [{ summary: true }, `option "summary" must be one of 'none', 'counts', 'keys', got true (boolean).`],
  [
    { allowKeys: 'llm.prompt' },
    'option "allowKeys" must be an array of strings and regular expressions, got "llm.prompt" (string).',
  ],
  [
    { allowKeys: ['a', 7] },
    'option "allowKeys" must be an array of non-empty strings and regular expressions, without 7 (number), got an array of 2.',
  ],
  [
    { blockKeys: [''] },
    'option "blockKeys" must be an array of non-empty strings and regular expressions, without "" (string), got an array of 1.',
  ],
  [
    { blockKeys: [undefined] },
    'option "blockKeys" must be an array of non-empty strings and regular expressions, without undefined, got an array of 1.',
  ],
  [
    { blockKeys: ['/secret/i'] },
    'option "blockKeys" must be an array of literal keys and regular expressions: "/secret/i" would match no key, use a RegExp or { regex }, got an array of 1.',
  ],
  [
    { allowKeys: ['a', 'app.*'] },
    'option "allowKeys" must be an array of literal keys and regular expressions: "app.*" would match no key, use a RegExp or { regex }, got an array of 2.',
  ],
  [
    { rules: [{ match: '/^app/', action: 'remove' }] },
    'rule 0: option "match" must be a literal key, a RegExp or { regex }, got "/^app/" (string).',
  ],
  [
    { allowKeys: ['a', 'b'], blockKeys: ['b'] },
    'options "allowKeys" and "blockKeys" both list b: remove it from one of them.',
  ],
  [
    { allowKeys: [/^x/i], blockKeys: [/^x/i] },
    'options "allowKeys" and "blockKeys" both list /^x/i: remove it from one of them.',
  ],
];

describe('redaction options', () => {
  for (const [options, message] of wrong) {
    it(`are refused: ${message}`, () => {
      const given = options as object;
      const entrances = {
        LlmRedactionSpanProcessor: () => new LlmRedactionSpanProcessor(given),
        redactingSpanExporter: () => redactingSpanExporter(new FakeSpanExporter(), given),
        redactingSpanProcessor: () => redactingSpanProcessor(new NoopSpanProcessor(), given),
      };
      for (const [owner, enter] of Object.entries(entrances)) {
        const thrown = errorOf(enter);
        expect(thrown).to.be.instanceOf(TypeError);
        expect(thrown?.message).to.equal(`${owner}: ${message}`);
      }
    });
  }

  it('count as not given if they are undefined', () => {
    expect(
      () => new LlmRedactionSpanProcessor({ content: undefined, allowKeys: undefined, summary: undefined }),
    ).not.to.throw();
  });

  it('are read once: changing a list afterwards has no effect', () => {
    const allowKeys = ['llm.prompt'];
    const { keys } = resolvePolicy('test', { allowKeys });
    const before = keys.flagsOf('llm.prompt');
    allowKeys.push('llm.response');
    expect(keys.flagsOf('llm.response')).not.to.equal(before);
  });

  it('require a wrapped exporter or processor to be one', () => {
    const none = {} as FakeSpanExporter & NoopSpanProcessor;
    expect(() => redactingSpanExporter(none)).to.throw(
      TypeError,
      'redactingSpanExporter: expected a SpanExporter, got an object of class Object.',
    );
    expect(() => redactingSpanProcessor(none)).to.throw(
      TypeError,
      'redactingSpanProcessor: expected a SpanProcessor, got an object of class Object.',
    );
  });
});

function errorOf(act: () => unknown): Error | undefined {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  return undefined;
}
