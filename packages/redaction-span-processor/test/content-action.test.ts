import { expect } from 'chai';
import type { RedactionOptions } from '../src/options.js';
import { resolvePolicy } from '../src/policy/resolve-policy.js';
import { redact } from '../src/redact/redact.js';
import { attributesOf, call, event, exception, link, parts, redacted } from './support/parts.js';

describe('the option content', () => {
  const content = { ...call, 'llm.prompt': 'secret', 'llm.tools.0': 'secret' };

  it("'mask' replaces content with the marker", () => {
    expect(attributesOf(content, { content: 'mask' })).to.deep.equal({
      ...call,
      'llm.prompt': '[REDACTED]',
      'llm.tools.0': '[REDACTED]',
    });
    expect(redacted({ status: { code: 2, message: 'secret' } }, { content: 'mask' })?.status).to.deep.equal({
      code: 2,
      message: '[REDACTED]',
    });
  });

  it("'mask' replaces settings and metadata of which nothing can be kept", () => {
    const given = { ...call, 'llm.invocation_parameters': 'secret', metadata: '{"ls_stop":["sec' };
    expect(attributesOf(given, { content: 'mask' })).to.deep.equal({
      ...call,
      'llm.invocation_parameters': '[REDACTED]',
      metadata: '[REDACTED]',
    });
  });

  it("'hash' replaces content with its HMAC-SHA-256, so that equal texts stay equal", () => {
    // printf secret | openssl dgst -sha256 -hmac key
    const hash = 'hmac-sha256:25cf3c44c8f39313e8cbf7c23e22fe8b2ee8b288ee5206b0a6397583a1f7f0ef';
    expect(attributesOf(content, { content: 'hash', hmacKey: 'key' })).to.deep.equal({
      ...call,
      'llm.prompt': hash,
      'llm.tools.0': hash,
    });
    const other = attributesOf(content, { content: 'hash', hmacKey: 'other key' });
    expect(other?.['llm.prompt'])
      .to.match(/^hmac-sha256:[0-9a-f]{64}$/)
      .and.not.to.equal(hash);
  });

  it("'keep' keeps content, except for blockKeys", () => {
    expect(attributesOf(content, { content: 'keep' })).to.equal(undefined);
    expect(attributesOf(content, { content: 'keep', blockKeys: ['llm.prompt'] })).to.deep.equal({
      ...call,
      'llm.tools.0': 'secret',
    });
    const events = [event('gen_ai.choice', { content: 'words' })];
    expect(redacted({ events }, { content: 'keep' })).to.equal(undefined);
  });

  it("with mode: 'allow', removes what is not listed in attributes, events, links and status", () => {
    const result = redacted(
      {
        attributes: { ...call, 'app.a': 1, 'never.heard.of': 'secret' },
        events: [event('note', { text: 'secret', 'app.b': 1 })],
        links: [link({ text: 'secret' })],
        status: { code: 2, message: 'secret' },
      },
      { mode: 'allow', allowKeys: ['llm.model', /^app\./] },
    );
    expect(result?.attributes).to.deep.equal({ 'llm.model': 'gpt-4o', 'app.a': 1 });
    expect(result?.events).to.deep.equal([event('note', { 'app.b': 1 })]);
    expect(result?.links).to.deep.equal([link({})]);
    expect(result?.status).to.deep.equal({ code: 2 });
  });

  it('has no effect on an allowed key, also in a map and in an event that carries content', () => {
    const attributes = { ...call, app: { 'llm.prompt': 'words' } as never };
    const events = [event('gen_ai.choice', { content: 'words', 'app.b': 'secret' })];
    const result = redacted({ attributes, events }, { allowKeys: ['app', 'content'] });
    expect(result?.attributes).to.deep.equal(attributes);
    expect(result?.events).to.deep.equal([event('gen_ai.choice', { content: 'words' })]);
  });

  it('keeps everything in an allowed map except for names in which a pattern finds something', () => {
    const inner = { list: [{ 'llm.prompt': 'words' }] };
    expect(
      attributesOf({ ...call, app: { inner, 'bob@example.com': 1 } }, { allowKeys: ['app'] }),
    ).to.deep.equal({ ...call, app: { inner } });
  });

  it("with mode: 'allow', keeps the contents of a listed map, except for content", () => {
    const attributes = { app: { plan: 'pro', 'llm.prompt': 'secret' }, other: { plan: 'pro' } };
    expect(attributesOf(attributes, { mode: 'allow', allowKeys: [/^app$/] })).to.deep.equal({
      app: { plan: 'pro' },
    });
  });

  it("with mode: 'allow', keeps the status message if it is listed", () => {
    const options: RedactionOptions = {
      mode: 'allow',
      allowKeys: ['status.message', 'llm.model', 'llm.tokens.input'],
    };
    expect(redacted({ status: { code: 2, message: 'words' } }, options)).to.equal(undefined);
  });
});

describe('redacting twice', () => {
  it('gives the same of metadata that is a map of nothing but content', () => {
    const once = attributesOf({ ...call, metadata: { 'gen_ai.prompt': 'secret' } });
    expect(once).to.deep.equal({ ...call, metadata: {} });
    expect(attributesOf(once ?? {})).to.equal(undefined);
  });

  const given = parts({
    attributes: {
      ...call,
      'llm.prompt': 'secret',
      'llm.invocation_parameters': '{ "temperature": 1, "system": "secret" }',
      metadata: '{"ls_stop":1,"a":2}',
    },
    events: [exception(), event('gen_ai.choice', { content: 'secret', index: 0 })],
    links: [link({ 'llm.prompt': 'secret' })],
    status: { code: 2, message: 'secret' },
  });
  const policies: RedactionOptions[] = [
    { content: 'remove' },
    { content: 'mask' },
    { content: 'hash', hmacKey: 'key' },
    { mode: 'allow', allowKeys: ['llm.model'] },
    { summary: 'counts', content: 'mask' },
  ];
  for (const options of policies) {
    it(`equals redacting once: ${JSON.stringify(options)}`, () => {
      const policy = resolvePolicy('test', options);
      const once = redact(given, policy);
      if (once === undefined) throw new Error('nothing was redacted');
      expect(redact(once, policy)).to.equal(undefined);
      expect(JSON.stringify(once)).not.to.include('secret');
    });
  }
});
