import { expect } from 'chai';
import type { RedactionOptions } from '../src/options.js';
import { attributesOf, call, event, exception, http, link, redacted } from './support/parts.js';

const email = 'bob@example.com';
const masked = '[REDACTED]';

describe('patterns in the remaining text', () => {
  it('are masked in attributes of spans, events and links, in the status and in names', () => {
    const attributes = { ...http, 'app.note': `to ${email}`, 'app.list': ['a', email], 'user.id': email };
    const result = redacted({
      attributes,
      events: [event(`mail ${email}`, { note: email })],
      links: [link({ note: email })],
      status: { code: 2, message: `no ${email}` },
      name: `GET /users/${email}`,
    });
    expect(result?.attributes).to.deep.equal({
      ...http,
      'app.note': `to ${masked}`,
      'app.list': ['a', masked],
      'user.id': masked,
    });
    expect(result?.events).to.deep.equal([event(`mail ${masked}`, { note: masked })]);
    expect(result?.links).to.deep.equal([link({ note: masked })]);
    expect(result?.status.message).to.equal(`no ${masked}`);
    expect(result?.name).to.equal(`GET /users/${masked}`);
    expect(result?.tally).to.deep.equal({ removed: 0, masked: 8, failed: 0 });
  });

  it('are masked in errors and URLs of spans that are not LLM calls', () => {
    const thrown = exception();
    Object.assign(thrown.attributes ?? {}, {
      'exception.message': `no ${email}`,
      'exception.stacktrace': `Error: no ${email}\n at x`,
    });
    const result = redacted({
      attributes: { 'url.full': `https://example.com/?to=bob%40example.com&x=1`, 'url.query': `to=${email}` },
      events: [thrown],
    });
    expect(result?.attributes).to.deep.equal({
      'url.full': `https://example.com/?to=${masked}&x=1`,
      'url.query': `to=${masked}`,
    });
    expect(result?.events[0]?.attributes).to.deep.equal({
      'exception.type': 'APIError',
      'exception.message': `no ${masked}`,
      'exception.stacktrace': `Error: no ${masked}\n at x`,
    });
  });

  it('remove an attribute whose key they match, and keep that key out of the summary', () => {
    const attributes = {
      ...call,
      [`app.${email}`]: 1,
      [`metadata.${email}`]: 'a',
      users: { [email]: 2, n: 3 },
    };
    for (const options of [{}, { content: 'mask' }, { content: 'keep' }] as const)
      expect(attributesOf(attributes, options), options.content).to.deep.equal({ ...call, users: { n: 3 } });
    expect(attributesOf(attributes, { summary: 'keys' })?.['llm.redaction.keys']).to.deep.equal([masked]);
    expect(attributesOf({ [email]: 1 }, { allowKeys: [email] })).to.equal(undefined);
    expect(attributesOf({ [email]: 1 }, { patterns: [] })).to.equal(undefined);
  });

  it('do not treat the end of a key as if it had been cut', () => {
    expect(attributesOf({ 'npm.dependencies.lodash@latest': 1, 'app.release.sk-learning': 1 })).to.equal(
      undefined,
    );
  });

  it('are masked in maps, and in metadata as JSON', () => {
    expect(attributesOf({ app: { to: [email, { cc: email }] } })).to.deep.equal({
      app: { to: [masked, { cc: masked }] },
    });
    // In an event that carries content, an `id` would be metadata.
    expect(attributesOf({ app: { id: email } })).to.deep.equal({ app: { id: masked } });
    expect(attributesOf({ ...call, metadata: `{"to":"${email}"}` })).to.deep.equal({
      ...call,
      metadata: `{"to":"${masked}"}`,
    });
    expect(attributesOf({ ...call, metadata: { to: email } })).to.deep.equal({
      ...call,
      metadata: { to: masked },
    });
  });

  it('are masked in a span with more keys than are remembered, also in its lists and maps', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`app.key.${index}`, index]));
    for (const [found, clean] of [
      [email, masked],
      [[email], [masked]],
      [{ to: email }, { to: masked }],
    ])
      expect(attributesOf({ ...many, 'app.note': found })).to.deep.equal({ ...many, 'app.note': clean });
    expect(attributesOf({ ...many, 'app.note': 'words', 'app.list': ['words'] })).to.equal(undefined);
  });

  it('are masked in allowed content, but not in what a rule keeps unchanged', () => {
    const attributes = { ...call, 'llm.prompt': email };
    for (const options of [{ allowKeys: ['llm.prompt'] }, { content: 'keep' }] satisfies RedactionOptions[])
      expect(attributesOf(attributes, options)).to.deep.equal({ ...call, 'llm.prompt': masked });
    const events = [event('gen_ai.choice', { content: email })];
    expect(redacted({ events }, { allowKeys: ['content'] })?.events[0]?.attributes).to.deep.equal({
      content: masked,
    });
    expect(attributesOf(attributes, { rules: [{ match: 'llm.prompt', action: 'keep' }] })).to.equal(
      undefined,
    );
  });

  it('are not looked for in values that the conventions define', () => {
    expect(
      attributesOf({
        ...call,
        'network.peer.address': '192.0.2.1',
        'user_agent.original': 'x 1.2.3.4',
        'llm.model': email,
        'gen_ai.response.finish_reasons': [email],
        app: { llm: { model: email } },
      }),
    ).to.equal(undefined);
  });

  it('are only those that the option lists', () => {
    const note = `${email} 123-45-6789 EMP-123456`;
    const noteWith = (patterns: RedactionOptions['patterns']) => attributesOf({ note }, { patterns })?.note;
    expect(noteWith([])).to.equal(undefined);
    expect(noteWith(['ssn'])).to.equal(`${email} ${masked} EMP-123456`);
    expect(noteWith([/EMP-\d{6}/])).to.equal(`${email} 123-45-6789 ${masked}`);
    expect(noteWith(['built-in', { name: 'employee', regex: 'emp-\\d{6}', flags: 'i' }])).to.equal(
      `${masked} ${masked} ${masked}`,
    );
  });

  it('may match a single letter, unless a marker contains it', () => {
    expect(attributesOf({ note: 'axb' }, { patterns: [/x/] })?.note).to.equal(`a${masked}b`);
    expect(() => attributesOf({ note: 'a' }, { patterns: [/x/], marker: 'x' })).to.throw(TypeError, 'marker');
  });

  it('are treated as rules say: masked with another marker, hashed, removed or kept', () => {
    const noteWith = (action: 'mask' | 'hash' | 'remove' | 'keep', marker?: string) =>
      attributesOf(
        { note: `a ${email} b` },
        { hmacKey: 'key', rules: [{ match: { pattern: 'email' }, action, marker }] },
      )?.note;
    expect(noteWith('mask', '<email>')).to.equal('a <email> b');
    expect(noteWith('hash')).to.match(/^a hmac-sha256:[0-9a-f]{64} b$/);
    expect(noteWith('remove')).to.equal('a  b');
    expect(noteWith('keep')).to.equal(undefined);
  });

  it('are found again in text that a removal has joined', () => {
    const options: RedactionOptions = {
      patterns: ['built-in', { name: 'x', regex: 'X' }],
      rules: [{ match: { pattern: 'x' }, action: 'remove' }],
    };
    expect(attributesOf({ note: 'bob@examXple.com' }, options)?.note).not.to.include('@');
    expect(attributesOf({ note: 'bobX@example.com' }, options)?.note).to.equal(masked);
  });
});
