import { expect } from 'chai';
import { emitted, viewsOf } from '../support/log-lines.js';
import { attributesOf, bodyOf, old, redactedParts } from '../support/log-parts.js';

describe('log records of LLM calls', () => {
  it('lose what was said, and keep what is known to be metadata', async () => {
    for (const name of ['system', 'user', 'assistant', 'tool'])
      expect(
        await bodyOf(old(`gen_ai.${name}.message`, { role: name, id: 'call_1', content: 'secret' })),
      ).to.deep.equal({ role: name, id: 'call_1' });
    expect(await bodyOf(old('gen_ai.choice', 'secret'))).to.equal(undefined);
    expect(await bodyOf(old('gen_ai.choice', ['secret']))).to.equal(undefined);
    expect(await bodyOf(old('gen_ai.choice', Buffer.from('secret')))).to.equal(undefined);
  });

  it('are recognised by their event name', async () => {
    const messages = [{ role: 'user', parts: [{ type: 'text', content: 'secret' }] }];
    const { body, attributes } = await redactedParts({
      eventName: 'gen_ai.client.inference.operation.details',
      body: 'secret',
      attributes: {
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.input.messages': messages,
        'gen_ai.system_instructions': 'secret',
        'app.note': 'secret',
      },
    });
    expect(body).to.equal(undefined);
    expect(attributes).to.deep.equal({
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 12,
      'llm.prompt.message_count': 1,
      'llm.prompt.system_length': 'secret'.length,
    });
    const result = {
      'gen_ai.evaluation.name': 'relevance',
      'gen_ai.evaluation.score.value': 0.5,
      'gen_ai.evaluation.score.label': 'pass',
    };
    expect(
      await attributesOf({
        eventName: 'gen_ai.evaluation.result',
        attributes: { ...result, 'gen_ai.evaluation.explanation': 'secret' },
      }),
    ).to.deep.equal(result);
  });

  it('are recognised by the attribute event.name also if they have another event name', async () => {
    for (const eventName of ['', 'log'])
      for (const body of ['secret', { content: 'secret' }, { app: { note: 'secret' } }])
        expect(
          JSON.stringify(
            await redactedParts({ eventName, body, attributes: { 'event.name': 'gen_ai.choice' } }),
          ),
        ).not.to.contain('secret');
    const prose = 'a user has asked: what is the secret of a long life?';
    const [view] = viewsOf([
      await emitted({ eventName: prose, body: 'secret', attributes: { 'event.name': 'gen_ai.choice' } }),
    ]);
    expect(view?.eventName).to.equal('event');
  });

  it('are recognised by their attributes, whatever they are called', async () => {
    const attributes = { 'gen_ai.request.model': 'gpt-4o', 'app.plan': 'pro' };
    for (const body of ['secret', ['secret'], { text: 'secret' }, 42])
      expect((await redactedParts({ body, attributes, eventName: 'app.asked' })).attributes).to.deep.equal(
        attributes,
      );
    expect(await bodyOf({ body: 'secret', attributes })).to.equal(undefined);
    expect(await bodyOf({ body: 42, attributes })).to.equal(undefined);
    expect(await bodyOf({ body: { text: 'secret', index: 0 }, attributes })).to.deep.equal({ index: 0 });
  });

  it('are recognised by keys in the body, also in those of maps', async () => {
    expect(
      await bodyOf({ body: { 'gen_ai.request.model': 'gpt-4o', 'gen_ai.input.messages': ['secret'] } }),
    ).to.deep.equal({ 'gen_ai.request.model': 'gpt-4o' });
    const body = { asked: { gen_ai: { request: { model: 'gpt-4o' }, prompt: 'secret' } } };
    expect(await redactedParts({ body, attributes: { 'error.message': 'secret' } })).to.deep.equal({
      body: {},
      attributes: {},
    });
    expect(await bodyOf({ body: ['asked', body] })).to.equal(undefined);
  });

  it('lose what is nested under the names of metadata', async () => {
    const inner = { text: 'secret' };
    const body = { index: inner, role: [inner], id: [['secret']], finish_reason: ['stop'] };
    expect(await bodyOf(old('gen_ai.choice', body))).to.deep.equal({ finish_reason: ['stop'] });
  });

  it("are recognised as AWS's distribution writes them, under the name of a scope", async () => {
    const messages = [{ role: 'user', content: 'secret' }];
    const given = {
      eventName: '@traceloop/instrumentation-openai',
      attributes: { 'event.name': '@traceloop/instrumentation-openai', 'session.id': 'session-1' },
      body: { input: { messages }, output: { messages } },
    };
    expect(await redactedParts(given)).to.deep.equal({ body: {}, attributes: given.attributes });
  });

  it('lose the message and the stack trace of an exception, and keep its type', async () => {
    const exception = {
      'exception.type': 'APIError',
      'exception.message': 'refused: secret',
      'exception.stacktrace': 'APIError: refused: secret\n    at main (/app/main.js:1:1)',
    };
    for (const given of [
      { eventName: 'gen_ai.client.operation.exception', attributes: exception },
      { attributes: { ...exception, 'gen_ai.system': 'openai' } },
    ])
      expect(await attributesOf(given)).to.not.have.any.keys('exception.message', 'exception.stacktrace');
  });
});
