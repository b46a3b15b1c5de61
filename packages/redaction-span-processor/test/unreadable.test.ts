import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import type { RedactionOptions } from '../src/options.js';
import { resolvePolicy } from '../src/policy/resolve-policy.js';
import { redact } from '../src/redact/redact.js';
import type { SpanParts } from '../src/span/span-parts.js';

const parts = (given: object): SpanParts => ({
  attributes: {},
  events: [],
  links: [],
  status: { code: 2 },
  ...given,
});
const redacted = (given: object, options?: RedactionOptions) =>
  redact(parts(given), resolvePolicy('test', options));

const throwing = (): never => {
  throw new Error('unreadable');
};

function nested(levels: number): object {
  let value: object = { 'llm.prompt': 'secret' };
  for (let level = 0; level < levels; level++) value = { inner: value };
  return value;
}

describe('redacting unreadable values', () => {
  it('removes a value whose getter throws, and counts it', () => {
    const attributes = Object.defineProperty({ 'llm.model': 'm' } as Attributes, 'app.a', {
      get: throwing,
      enumerable: true,
    });
    const result = redacted({ attributes });
    expect(result?.attributes).to.deep.equal({ 'llm.model': 'm' });
    expect(result?.tally).to.deep.equal({ removed: 1, masked: 0, failed: 1 });
  });

  it('removes a value that contains itself', () => {
    const value: Record<string, unknown> = {};
    value.self = [value];
    const result = redacted({ attributes: { 'llm.model': 'm', 'app.a': value } });
    expect(result?.attributes).to.deep.equal({ 'llm.model': 'm' });
    expect(result?.tally.failed).to.equal(1);
  });

  it('removes a value that is 1,000 levels deep, and redacts one that is 50 levels deep', () => {
    const result = redacted({ attributes: { deep: nested(1_000), less: nested(50), a: 1 } });
    expect(Object.keys(result?.attributes ?? {})).to.deep.equal(['less', 'a']);
    expect(JSON.stringify(result?.attributes)).not.to.include('secret');
  });

  it('removes a value of more than 10,000 maps', () => {
    const maps = (count: number) => Array.from({ length: count }, () => ({ a: 1 }));
    expect(redacted({ attributes: { wide: maps(10_001) } })?.attributes).to.deep.equal({});
    expect(redacted({ attributes: { wide: maps(9_000) } })).to.equal(undefined);
  });

  it('removes objects that could serialize themselves to anything', () => {
    class Prompt {
      toJSON(): string {
        return 'secret';
      }
    }
    expect(redacted({ attributes: { a: new Prompt(), b: new Map(), c: 1 } })?.attributes).to.deep.equal({
      c: 1,
    });
  });

  it("removes content that can't be hashed", () => {
    const result = redacted(
      {
        attributes: {
          'llm.model': 'm',
          'llm.prompt': {
            get text() {
              return throwing();
            },
          },
        },
      },
      { content: 'hash', hmacKey: 'key' },
    );
    expect(result?.attributes).to.deep.equal({ 'llm.model': 'm' });
    expect(result?.tally.failed).to.equal(1);
  });

  it('does not read content that it removes', () => {
    const attributes = {
      'llm.prompt': {
        get text() {
          return throwing();
        },
      },
    };
    expect(redacted({ attributes })?.tally).to.deep.equal({ removed: 1, masked: 0, failed: 0 });
  });

  it('keeps the keys that an object enumerates before it throws', () => {
    const attributes = new Proxy({} as Attributes, { ownKeys: throwing });
    const result = redacted({ attributes });
    expect(result?.attributes).to.deep.equal({});
    expect(result?.tally.failed).to.equal(1);
  });

  it('returns empty parts for parts that throw, and keeps the status code', () => {
    const events = {
      get length() {
        return throwing();
      },
    };
    const name = 'Say: what would the secret be that nobody of us may ever know?';
    const result = redacted({ events, name });
    expect(result?.attributes).to.deep.equal({});
    expect(result?.events).to.deep.equal([]);
    expect(result?.links).to.deep.equal([]);
    expect(result?.status).to.deep.equal({ code: 2 });
    expect(result?.name).to.equal('LLM call');
    expect(result?.tally).to.deep.equal({ removed: 1, masked: 0, failed: 1 });
    expect(redacted({ events, name: 'chat gpt-4o' })?.name).to.equal('chat gpt-4o');
    const nothing = new Proxy({}, { get: throwing }) as SpanParts;
    expect(redact(nothing, resolvePolicy('test'))?.status).to.deep.equal({ code: 0 });
  });

  it('neither copies inherited attributes nor sets the prototype', () => {
    const attributes = JSON.parse('{"__proto__":{"polluted":true},"llm.prompt":"secret","a":1}');
    const result = redacted({ attributes });
    expect(result?.attributes).to.deep.equal({ a: 1 });
    expect(Object.getPrototypeOf(result?.attributes)).to.equal(Object.prototype);
    const inheriting = Object.assign(Object.create({ inherited: 'x' }), { 'llm.prompt': 'secret', a: 1 });
    expect(redacted({ attributes: inheriting })?.attributes).to.deep.equal({ a: 1 });
    const harmless = Object.assign(Object.create({ 'llm.prompt': 'secret' }), { a: 1 });
    expect('llm.prompt' in (redacted({ attributes: harmless })?.attributes ?? harmless)).to.equal(false);
  });

  it('takes nothing for an attribute that a library has added to Object.prototype', () => {
    const all: object = Object.prototype;
    Object.assign(all, { extend: () => undefined, each: { nested: true } });
    try {
      expect(redacted({ attributes: { a: 1 }, status: { code: 0 } })).to.equal(undefined);
      const called = redacted({ attributes: { 'llm.prompt': 'secret', a: 1 } }, { summary: 'keys' });
      expect(called?.tally).to.deep.equal({ removed: 1, masked: 0, failed: 0 });
      expect(Object.entries(called?.attributes ?? {})).to.deep.equal([
        ['a', 1],
        ['llm.redaction.removed_count', 1],
        ['llm.redaction.keys', ['llm.prompt']],
      ]);
      const own = { each: { 'llm.prompt': 'secret' } };
      expect(redacted({ attributes: own as object })?.tally.removed).to.equal(1);
    } finally {
      Reflect.deleteProperty(all, 'extend');
      Reflect.deleteProperty(all, 'each');
    }
  });
});
