import { expect } from 'chai';
import { bodyOf, old, redactedParts } from '../support/log-parts.js';

const email = 'bob@example.com';

describe('options on log records', () => {
  const choice = old('gen_ai.choice', { index: 0, message: 'secret' });

  it("'mask' and 'hash' replace content, and 'keep' keeps it", async () => {
    expect(await bodyOf(choice, { content: 'mask' })).to.deep.equal({ index: 0, message: '[REDACTED]' });
    expect(await bodyOf(old('gen_ai.choice', 'secret'), { content: 'mask' })).to.equal('[REDACTED]');
    expect(await bodyOf(old('gen_ai.choice', undefined), { content: 'mask' })).to.equal(undefined);
    const hashed = await bodyOf(old('gen_ai.choice', ['secret']), { content: 'hash', hmacKey: 'key' });
    expect(hashed).to.match(/^hmac-sha256:[0-9a-f]{64}$/);
    expect(await bodyOf(choice, { content: 'keep' })).to.deep.equal(choice.body);
    expect(await bodyOf(old('gen_ai.choice', 'words'), { content: 'keep' })).to.equal('words');
  });

  it("mode: 'allow' keeps only what is listed", async () => {
    const options = { mode: 'allow', allowKeys: ['index', 'app.plan', /^event\./] } as const;
    const allowed = await redactedParts(
      { body: { index: 0, 'app.plan': 'pro', other: 'secret' }, attributes: { 'app.plan': 1, other: 1 } },
      options,
    );
    expect(allowed).to.deep.equal({
      body: { index: 0, 'app.plan': 'pro' },
      attributes: { 'app.plan': 1 },
    });
    expect(await bodyOf({ body: 'secret' }, options)).to.equal(undefined);
    expect(await bodyOf({ body: 'words' }, { ...options, allowKeys: [/^body$/] })).to.equal('words');
    expect(await bodyOf(old('gen_ai.choice', 'secret'), { ...options, allowKeys: [/^body$/] })).to.equal(
      undefined,
    );
    expect(await redactedParts(choice, options)).to.deep.equal({
      body: { index: 0 },
      attributes: { 'event.name': 'gen_ai.choice' },
    });
  });

  it('allowKeys, blockKeys and rules decide about the whole body as `body`', async () => {
    const map = { note: `words of ${email}`, 'gen_ai.input.messages': 'words' };
    expect(await bodyOf({ body: map }, { allowKeys: ['body'] })).to.deep.equal({
      ...map,
      note: 'words of [REDACTED]',
    });
    expect(await bodyOf(old('gen_ai.choice', 'words'), { allowKeys: ['body'] })).to.equal('words');
    for (const body of ['secret', { a: 'secret' }, 7])
      expect(await bodyOf({ body }, { blockKeys: ['body'] })).to.equal(undefined);
    expect(await bodyOf({ body: map }, { rules: [{ match: 'body', action: 'keep' }] })).to.deep.equal(map);
    const truncate = { match: 'body', action: 'truncate', maxLength: 4 } as const;
    expect(await bodyOf({ body: 'words and more' }, { rules: [truncate] })).to.equal('word');
  });

  it('a function of a rule decides about a body once', async () => {
    let calls = 0;
    const action = (value: unknown) => {
      calls += 1;
      return `${String(value)}!`;
    };
    expect(await bodyOf({ body: 'a' }, { rules: [{ match: 'body', action }] })).to.equal('a!');
    expect(calls).to.equal(1);
    const thrown = () => {
      throw new Error('words');
    };
    expect(await bodyOf({ body: 'a' }, { rules: [{ match: 'body', action: thrown }] })).to.equal(undefined);
  });

  it("preset: 'strict' removes identifiers and metadata, also from a body that is a map", async () => {
    const given = { 'user.id': 'user-1', 'metadata.team': 'search', 'app.plan': 'pro' };
    expect(await redactedParts({ body: given, attributes: given }, { preset: 'strict' })).to.deep.equal({
      body: { 'app.plan': 'pro' },
      attributes: { 'app.plan': 'pro' },
    });
  });

  it('summary writes its counts to the attributes', async () => {
    const { attributes } = await redactedParts(
      { body: { 'llm.prompt': 'secret' }, attributes: { 'app.note': email } },
      { summary: 'keys' },
    );
    expect(attributes).to.deep.equal({
      'app.note': '[REDACTED]',
      'llm.redaction.removed_count': 1,
      'llm.redaction.masked_count': 1,
      'llm.redaction.keys': ['app.note', 'llm.prompt'],
    });
  });

  it('patterns: [] leaves text alone', async () => {
    expect(await bodyOf({ body: email }, { patterns: [] })).to.equal(email);
  });
});
