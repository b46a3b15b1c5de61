import { expect } from 'chai';
import { attributesOf, call, event, redacted } from './support/parts.js';

const email = 'bob@example.com';

describe('free text and secrets on any span', () => {
  for (const [key, value] of Object.entries({
    'process.command_args': ['node', 'ask.js', 'Why does it hurt?'],
    'process.command_line': 'node ask.js --password hunter2',
    'container.command_args': ['--token', 'hunter2'],
    'http.request.body': '{"a":1}',
    'http.request.header.authorization': ['Basic YTpi'],
    'http.request.header.cookie': ['session=1'],
    'http.request.header.x-api-key': ['0123456789abcdef'],
    'http.response.header.set-cookie': ['session=1'],
    'http.request.header.x_api_key': ['0123456789abcdef'],
    'http.response.header.set_cookie': ['session=1'],
    'http.request.header.ocp-apim-subscription-key': ['0123456789abcdef'],
    'http.request.header.cf_aig_authorization': ['Token 0123456789abcdef'],
  }))
    it(`is removed: ${key}`, () => {
      expect(attributesOf({ [key]: value, 'http.route': '/' })).to.deep.equal({ 'http.route': '/' });
      expect(attributesOf({ [key]: value }, { allowKeys: [key], patterns: [] })).to.equal(undefined);
    });

  for (const key of [
    'http.response.header.location',
    'rpc.grpc.request.metadata.note',
    'k8s.pod.annotation.owner',
    'container.label.owner',
    'code.stacktrace',
    // Metadata only in an event that carries content.
    'id',
    'role',
    'finish_reason',
  ])
    it(`is scanned for patterns: ${key}`, () => {
      expect(attributesOf({ [key]: `to ${email}` })).to.deep.equal({ [key]: 'to [REDACTED]' });
      expect(attributesOf({ [key]: [`to ${email}`] })).to.deep.equal({ [key]: ['to [REDACTED]'] });
    });

  it('is not scanned in the metadata of an event that carries content', () => {
    const metadata = { id: 'call_4111111111111111', role: 'assistant', finish_reason: 'stop', index: 0 };
    const { events } = redacted({ events: [event('gen_ai.choice', { ...metadata, content: 'x' })] }) ?? {};
    expect(events?.[0]?.attributes).to.deep.equal(metadata);
  });

  it('keeps values that are not free text: http.request.body.size, process.command', () => {
    expect(attributesOf({ 'http.request.body.size': 12, 'process.command': '/usr/bin/node' })).to.equal(
      undefined,
    );
  });
});

describe('on a span that only looks like that of an LLM call', () => {
  const status = { code: 2, message: 'disk full' };
  for (const attributes of [
    // Each attempt of a task of Trigger.dev's.
    { '$entity.type': 'attempt', 'ctx.task.id': 'resize-images' },
    // Agents of other kinds, and other pipelines.
    { 'agent.run.id': 'run_1' },
    { 'raw.input': 'orders.csv' },
  ])
    it(`the error stays: ${Object.keys(attributes)[0]}`, () => {
      expect(redacted({ attributes, status })?.status ?? status).to.deep.equal(status);
    });
});

describe('on the span of an LLM call', () => {
  for (const key of ['url.full', 'url.original', 'http.url', 'http.target'])
    it(`the query of a URL is removed: ${key}`, () => {
      const url = 'https://example.com/ask';
      expect(attributesOf({ ...call, [key]: `${url}?q=secret` })).to.deep.equal({ ...call, [key]: url });
      expect(attributesOf({ ...call, [key]: `${url}#secret` })).to.deep.equal({ ...call, [key]: url });
      expect(attributesOf({ [key]: `${url}?q=words` })).to.equal(undefined);
      expect(attributesOf({ ...call, [key]: `${url}?q=words` }, { content: 'keep' })).to.equal(undefined);
    });

  for (const key of [
    'error.msg',
    'error.object',
    'url.fragment',
    'gen_ai.user.message',
    'gen_ai.choice.message',
  ])
    it(`is removed: ${key}`, () => {
      expect(attributesOf({ ...call, [key]: 'secret' })).to.deep.equal(call);
    });

  it('a stack trace is removed', () => {
    expect(attributesOf({ ...call, 'code.stacktrace': 'Error: secret' })).to.deep.equal(call);
  });

  it('an event name that is a text of many words is replaced', () => {
    const name = 'the user asked what the secret might be that nobody knows';
    expect(redacted({ events: [event(name, {})] })?.events[0]?.name).to.equal('event');
    expect(redacted({ events: [event(name, {})] }, { content: 'mask' })?.events[0]?.name).to.equal(
      '[REDACTED]',
    );
    expect(redacted({ attributes: {}, events: [event(name, {})] })).to.equal(undefined);
  });

  it('a setting that should be a name but is a text is removed', () => {
    const key = 'llm.invocation_parameters';
    expect(attributesOf({ ...call, [key]: '{"summary":"a secret","model":"m"}' })).to.deep.equal({
      ...call,
      [key]: '{"model":"m"}',
    });
  });
});

describe('values that are not valid attribute values', () => {
  it('bytes in which a pattern finds something are removed', () => {
    const bytes = (text: string) => new Uint8Array(Buffer.from(text));
    expect(attributesOf({ 'app.a': bytes(email), 'app.b': 1 })).to.deep.equal({ 'app.b': 1 });
    expect(attributesOf({ 'app.a': bytes('harmless') })).to.equal(undefined);
  });

  it('functions are removed, because a toJSON could return content', () => {
    const toJSON = () => ({ prompt: 'secret' });
    for (const attributes of [
      { toJSON, 'app.b': 1 },
      { 'app.a': { toJSON }, 'app.b': 1 },
      { 'app.a': [toJSON], 'app.b': 1 },
    ]) {
      expect(attributesOf(attributes)).to.deep.equal({ 'app.b': 1 });
    }
  });

  it('Map, Set, Date, boxed strings and class instances are removed', () => {
    class Message {
      readonly text = 'secret';
    }
    for (const value of [
      new Map([['a', 'secret']]),
      new Set(['secret']),
      new Date(),
      Object('secret'),
      new Message(),
    ])
      expect(attributesOf({ 'app.a': value, 'app.b': 1 })).to.deep.equal({ 'app.b': 1 });
  });
});
