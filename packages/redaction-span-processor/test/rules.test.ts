import type { RedactionFunction, RedactionRule } from '@llm-otel/redaction-span-processor';
import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import { resolvePolicy } from '../src/policy/resolve-policy.js';
import { redact } from '../src/redact/redact.js';
import { attributesOf, call, event, parts, redacted } from './support/parts.js';

const given = { ...call, 'app.note': 'words of a user', 'llm.prompt': 'secret', 'user.id': 'u1' };
const withRules = (...rules: RedactionRule[]) => attributesOf(given, { rules, hmacKey: 'key' });

describe('rules', () => {
  it('remove, mask, hash, truncate or keep values', () => {
    const rule = (action: RedactionRule['action'], more = {}) => ({ match: 'app.note', action, ...more });
    const noteOf = (given: RedactionRule) => withRules(given)?.['app.note'];
    expect(withRules(rule('remove'))).not.to.have.property('app.note');
    expect(noteOf(rule('mask'))).to.equal('[REDACTED]');
    expect(noteOf(rule('mask', { marker: '<gone>' }))).to.equal('<gone>');
    // printf 'words of a user' | openssl dgst -sha256 -hmac key
    expect(noteOf(rule('hash'))).to.equal(
      'hmac-sha256:a1d586d05eb59e482fcd1e3f3df522f9c5eddb08e1660174b479e5d6da7363b9',
    );
    expect(noteOf(rule('truncate', { maxLength: 5 }))).to.equal('words');
    expect(noteOf(rule('keep'))).to.equal(given['app.note']);
  });

  it('apply in order: the first that matches wins', () => {
    expect(
      withRules({ match: /^app\./, action: 'mask' }, { match: 'app.note', action: 'remove' })?.['app.note'],
    ).to.equal('[REDACTED]');
  });

  it('apply in order when one of them is for content', () => {
    const ofContent = { match: { group: 'content' }, action: 'mask' } as const;
    const others = { match: /./, action: 'keep' } as const;
    const span = {
      attributes: {
        ...given,
        'llm.invocation_parameters': '{"n":1,"stop":"secret"}',
        note: 'bob@example.com',
      },
      status: { code: 2, message: 'secret' },
    };
    expect(redacted(span, { rules: [others, ofContent] })).to.equal(undefined);
    const masked = redacted(span, { rules: [ofContent, others], allowKeys: ['llm.prompt'] });
    expect(masked?.attributes).to.deep.equal({
      ...span.attributes,
      'llm.prompt': '[REDACTED]',
      'llm.invocation_parameters': '{"n":1}',
    });
    expect(masked?.status.message).to.equal('[REDACTED]');
    const kept = { ...ofContent, action: 'keep' } as const;
    expect(redacted(span, { rules: [kept, others], blockKeys: ['llm.prompt'] })).to.equal(undefined);
    // Not an LLM call, so that quoting keys are not content.
    const failed = { attributes: { 'app.note': 'a' }, status: { code: 2, message: 'bob@example.com' } };
    expect(redacted(failed, { rules: [ofContent, others] })).to.equal(undefined);
  });

  it('take precedence over content, both to keep and to remove', () => {
    expect(withRules({ match: 'llm.prompt', action: 'keep' })).to.equal(undefined);
    expect(withRules({ match: 'llm.prompt', action: 'mask' })).to.include({ 'llm.prompt': '[REDACTED]' });
  });

  it('take precedence over allowKeys and blockKeys', () => {
    const options = {
      rules: [{ match: 'app.note', action: 'mask' } as const],
      allowKeys: [/^app\./],
      blockKeys: [/note$/],
    };
    expect(attributesOf(given, options)).to.include({ 'app.note': '[REDACTED]' });
  });

  it('match a regular expression given as plain data', () => {
    expect(withRules({ match: { regex: '^APP\\.', flags: 'i' }, action: 'remove' })).not.to.have.property(
      'app.note',
    );
  });

  it('match the groups content, identifiers and metadata', () => {
    const attributes = { ...given, 'metadata.team': 'search', 'tag.tags': ['a'] };
    const group = (name: 'content' | 'identifiers' | 'metadata') =>
      attributesOf(attributes, { rules: [{ match: { group: name }, action: 'mask', marker: '-' }] });
    expect(group('content')).to.deep.equal({ ...attributes, 'llm.prompt': '-' });
    expect(group('identifiers')).to.include({ 'user.id': '-', 'metadata.team': 'search' });
    expect(group('metadata')).to.include({ 'user.id': 'u1', 'metadata.team': '-', 'tag.tags': '-' });
  });

  it('apply to events, to the status message, and to keys in maps', () => {
    const rules = [
      { match: 'app.note', action: 'mask' },
      { match: 'status.message', action: 'keep' },
    ] as const;
    const result = redacted(
      {
        attributes: { ...call, app: { note: 'words' } as never },
        events: [event('note', { 'app.note': 'words' })],
        status: { code: 2, message: 'words' },
      },
      { rules },
    );
    expect(result?.attributes.app).to.deep.equal({ note: '[REDACTED]' });
    expect(result?.events[0]?.attributes).to.deep.equal({ 'app.note': '[REDACTED]' });
    expect(result?.status).to.deep.equal({ code: 2, message: 'words' });
  });

  it('apply to a name in a map by the longest name that has one, before what the name means by default', () => {
    const rules = [
      { match: 'app.note', action: 'mask', marker: 'by path' },
      { match: /^(?:note|prompt)$/, action: 'mask', marker: 'by name' },
    ] as const;
    const maps = { app: { note: 'words', deep: { note: 'words' } }, llm: { prompt: 'words' } };
    expect(attributesOf(maps, { rules })).to.deep.equal({
      app: { note: 'by path', deep: { note: 'by name' } },
      llm: { prompt: 'by name' },
    });
  });

  it('never set the prototype of a map', () => {
    const app = JSON.parse('{"__proto__":{"polluted":true},"a":1}');
    const kept = attributesOf(
      { ...given, app },
      { rules: [{ match: /^app\./, action: (value) => value }] },
    )?.app;
    expect(kept).to.deep.equal({ a: 1 });
    expect(kept).not.to.have.property('polluted');
  });

  it('truncate without splitting a surrogate pair', () => {
    const cut = (text: string, maxLength: number) =>
      attributesOf({ note: text }, { rules: [{ match: 'note', action: 'truncate', maxLength }] });
    expect(cut('ab😀cd', 3)).to.deep.equal({ note: 'ab' });
    expect(cut('ab😀cd', 4)).to.deep.equal({ note: 'ab😀' });
    expect(cut('ab', 4)).to.equal(undefined);
  });

  it('leave NaN as it is, and do not count it as changed', () => {
    for (const value of [Number.NaN, [Number.NaN]])
      for (const [action, more] of [
        ['truncate', { maxLength: 4 }],
        ['keep', {}],
      ] as const)
        expect(
          attributesOf({ note: value } as Attributes, { rules: [{ match: 'note', action, ...more }] }),
        ).to.equal(undefined);
    let calls = 0;
    const action = () => {
      calls += 1;
      return Number.NaN;
    };
    const options = { rules: [{ match: 'note', action }] };
    const policy = resolvePolicy('test', options);
    const once = redact(parts({ attributes: { note: 'words' } }), policy)?.attributes ?? {};
    expect(redact(parts({ attributes: once }), policy)).to.equal(undefined);
    expect(calls).to.equal(1);
  });

  it('mask a match that truncation cuts in half', () => {
    const text = 'please charge 4111 1111 1111 1111, thank you';
    const options = { rules: [{ match: 'note', action: 'truncate', maxLength: 26 } as const] };
    const first = attributesOf({ note: text }, options);
    expect(first?.note).to.be.a('string').and.not.to.match(/\d/);
    expect(attributesOf({ ...first }, options)).to.equal(undefined);
  });
});

describe('a rule whose action is a function', () => {
  const asked = (decide: RedactionFunction) =>
    redacted({ attributes: given }, { rules: [{ match: /./, action: decide }] });

  it('calls it with the value and its key, and uses its result as the value', () => {
    const answers = asked((value, key) => (key === 'app.note' ? `${String(value).length}` : value));
    expect(answers?.attributes).to.deep.equal({ ...given, 'app.note': '15' });
  });

  it('removes the value if it returns undefined or null', () => {
    expect(asked((value, key) => (key.startsWith('llm.') ? value : undefined))?.attributes).to.deep.equal({
      ...call,
      'llm.prompt': 'secret',
    });
    expect(asked(() => null)?.attributes).to.deep.equal({});
  });

  it('removes and counts the value if it throws, or returns something that is not an attribute value', async () => {
    for (const decide of [
      () => {
        throw new Error('secret');
      },
      async (value: unknown) => value,
      () => Promise.reject(new Error('unheard')),
      () => () => 'x',
      () => 1n,
    ]) {
      const result = asked(decide);
      expect(result?.attributes).to.deep.equal({});
      expect(result?.tally).to.include({ failed: 5, removed: 5 });
    }
    // An unhandled rejection would end the process.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('does not call it again for its own result', () => {
    const policy = resolvePolicy('test', {
      rules: [{ match: /^app|^status/, action: (value) => `${String(value)}!` }],
    });
    const span = parts({ attributes: { 'app.note': 'a' }, status: { code: 2, message: 'b' } });
    const once = redact(span, policy);
    expect(once?.attributes).to.deep.equal({ 'app.note': 'a!' });
    expect(once?.status.message).to.equal('b!');
    expect(redact({ ...span, ...once }, policy)).to.equal(undefined);
    // The same in a map, and for content.
    const others = resolvePolicy('test', {
      rules: ['app.note', { group: 'content' } as const].map((match) => ({
        match,
        action: (value) => `${value}!`,
      })),
    });
    const deep = parts({
      attributes: { ...call, 'llm.prompt': 'a', app: [{ note: 'b' }, { note: 'd' }] as never },
      events: [event('gen_ai.choice', { content: 'c' })],
    });
    const decided = redact(deep, others);
    expect(decided?.attributes).to.deep.equal({
      ...call,
      'llm.prompt': 'a!',
      app: [{ note: 'b!' }, { note: 'd!' }],
    });
    expect(decided?.events[0]?.attributes).to.deep.equal({ content: 'c!' });
    expect(redact({ ...deep, ...decided }, others)).to.equal(undefined);
    // A value that another processor writes afterwards is a new one.
    expect(
      redact(
        { ...span, ...once, attributes: Object.assign(once?.attributes ?? {}, { 'app.note': 'c' }) },
        policy,
      )?.attributes,
    ).to.deep.equal({ 'app.note': 'c!' });
  });
});
