import { expect } from 'chai';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { redact } from '../../src/redact/redact.js';
import { attributesOf, call, event, exception, http, link, parts, redacted } from '../support/parts.js';

describe('redact', () => {
  it('returns undefined for spans without content', () => {
    expect(redacted({})).to.equal(undefined);
    expect(
      redacted({
        attributes: http,
        events: [exception()],
        links: [link(http)],
        status: { code: 2, message: 'boom' },
      }),
    ).to.equal(undefined);
  });

  it('removes content and keeps the rest', () => {
    expect(attributesOf({ ...call, 'llm.prompt': 'secret', 'app.plan': 'pro' })).to.deep.equal({
      ...call,
      'app.plan': 'pro',
    });
  });

  it('keeps settings in JSON that mixes them with content', () => {
    expect(
      attributesOf({ 'llm.invocation_parameters': '{"temperature":0.5,"system":"secret"}' }),
    ).to.deep.equal({
      'llm.invocation_parameters': '{"temperature":0.5}',
    });
    expect(attributesOf({ 'llm.invocation_parameters': 'secret' })).to.deep.equal({});
  });

  it('removes from metadata the request parameters that LangChain mixes in, on the span of an LLM call', () => {
    const metadata = '{"team":"a","ls_stop":["secret"]}';
    expect(attributesOf({ ...call, metadata })).to.deep.equal({ ...call, metadata: '{"team":"a"}' });
    expect(attributesOf({ metadata })).to.equal(undefined);
  });

  it('does the same to settings and metadata that are maps', () => {
    const settings = { temperature: 0.5, system: 'secret' };
    expect(attributesOf({ 'llm.invocation_parameters': settings })).to.deep.equal({
      'llm.invocation_parameters': { temperature: 0.5 },
    });
    const metadata = { team: 'a', ls_stop: ['secret'] };
    expect(attributesOf({ ...call, metadata })).to.deep.equal({ ...call, metadata: { team: 'a' } });
    expect(attributesOf({ metadata })).to.equal(undefined);
  });

  it('removes the status message of an LLM call, and keeps the code', () => {
    const status = { code: 2, message: 'secret' };
    expect(redacted({ status })?.status).to.deep.equal({ code: 2 });
    expect(redacted({ status, attributes: http })).to.equal(undefined);
  });

  it('scans the status message of a span that has nothing else', () => {
    const given = { attributes: {}, status: { code: 2, message: 'secret' } };
    expect(redacted(given, { blockKeys: ['status.message'] })?.status).to.deep.equal({ code: 2 });
  });

  it('removes message and stack trace of an exception on the span of an LLM call, and keeps its type', () => {
    expect(redacted({ events: [exception()] })?.events).to.deep.equal([
      event('exception', { 'exception.type': 'APIError' }),
    ]);
  });

  it('removes what is nested under the names of metadata in an event that carries content', () => {
    const nested = { index: { text: 'secret' }, role: [{ text: 'secret' }], id: ['a'] } as never;
    expect(redacted({ events: [event('gen_ai.choice', nested)] })?.events).to.deep.equal([
      event('gen_ai.choice', { id: ['a'] }),
    ]);
  });

  it('recognises an LLM call by its events alone', () => {
    const events = [event('gen_ai.choice', { index: 0 }), exception()];
    expect(redacted({ attributes: http, events })?.events[1]).to.deep.equal(
      event('exception', { 'exception.type': 'APIError' }),
    );
    const marked = [event('usage', { 'gen_ai.usage.input_tokens': 3 }), exception()];
    expect(redacted({ attributes: {}, events: marked })?.events[0]).to.equal(marked[0]);
  });

  it('keeps only known metadata in an event that carries content', () => {
    const content = event('gen_ai.choice', {
      index: 0,
      finish_reason: 'stop',
      'gen_ai.response.id': 'r1',
      'gen_ai.system': 'openai',
      content: 'secret',
      'something.new': 'secret',
    });
    expect(redacted({ attributes: {}, events: [content] })?.events).to.deep.equal([
      event('gen_ai.choice', {
        index: 0,
        finish_reason: 'stop',
        'gen_ai.response.id': 'r1',
        'gen_ai.system': 'openai',
      }),
    ]);
  });

  it('removes content from other events and from links', () => {
    const result = redacted({
      attributes: http,
      events: [event('note', { 'llm.prompt': 'secret', a: 1 })],
      links: [link({ 'llm.response': 'secret', b: 2 })],
    });
    expect(result?.events).to.deep.equal([event('note', { a: 1 })]);
    expect(result?.links).to.deep.equal([link({ b: 2 })]);
  });

  it('follows maps: a name is looked up alone and together with the names above it', () => {
    expect(
      attributesOf({
        ...call,
        llm: { prompt: 'secret', model: 'm' },
        app: { list: [{ 'llm.prompt': 'secret', id: 1 }, 'text'], 'input.value': 'secret', plan: 'pro' },
      }),
    ).to.deep.equal({
      ...call,
      llm: { model: 'm' },
      app: { list: [{ id: 1 }, 'text'], plan: 'pro' },
    });
  });

  it('keeps what is known to be safe in maps, even if its last name alone would be content', () => {
    const llm = { tokens: { input: 12, output: 5 }, model: 'm' };
    expect(attributesOf({ ...call, app: { llm: { ...llm, prompt: 'secret' } } })).to.deep.equal({
      ...call,
      app: { llm },
    });
    expect(attributesOf({ ...call, app: { input: 'secret' } })).to.deep.equal({ ...call, app: {} });
  });

  it('recognises an LLM call by the contents of a map', () => {
    const app = { llm: { model: 'm' } };
    const result = redacted({
      name: 'chat',
      attributes: { 'error.message': 'secret', app: app as never },
      status: { code: 2, message: 'secret' },
      events: [exception()],
    });
    expect(JSON.stringify(result)).not.to.include('secret');
    expect(result?.attributes).to.deep.equal({ app });
    expect(result?.tally.removed).to.equal(4);
  });

  it('does not take a span for an LLM call because of a map without one', () => {
    const given = { attributes: { ...http, app: { plan: 'pro' } as never }, events: [exception()] };
    expect(redacted(given)).to.equal(undefined);
  });

  it('removes the query from a URL in a map, and keeps other text with a question mark', () => {
    const app = { url: { full: 'https://example.com/a?q=secret' }, note: 'a? b' };
    expect(attributesOf({ ...call, app })).to.deep.equal({
      ...call,
      app: { url: { full: 'https://example.com/a' }, note: 'a? b' },
    });
  });

  it('leaves maps and bytes without content unchanged', () => {
    expect(attributesOf({ ...call, app: { a: [1, 'b', { c: null }], bytes: new Uint8Array([1]) } })).to.equal(
      undefined,
    );
  });

  it('never changes its input', () => {
    const given = parts({
      attributes: { ...call, 'llm.prompt': 'secret', app: { 'llm.prompt': 'secret' } as never },
      events: [exception()],
      links: [link({ 'llm.prompt': 'secret' })],
      status: { code: 2, message: 'secret' },
    });
    const before = structuredClone(given);
    for (const content of ['remove', 'mask'] as const) {
      expect(redact(given, resolvePolicy('test', { content, summary: 'counts' }))).not.to.equal(undefined);
      expect(given).to.deep.equal(before);
    }
  });

  it('returns the same objects for parts without content', () => {
    const given = parts({ events: [event('note', { a: 1 }), exception()], links: [link({ b: 2 })] });
    const result = redact(given, resolvePolicy('test'));
    expect(result?.attributes).to.equal(given.attributes);
    expect(result?.events[0]).to.equal(given.events[0]);
    expect(result?.links).to.equal(given.links);
    expect(result?.status).to.equal(given.status);
  });
});
