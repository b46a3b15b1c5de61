import { ROOT_CONTEXT } from '@opentelemetry/api';
import { expect } from 'chai';
import { emitted, viewsOf } from '../support/log-lines.js';
import { attributesOf, bodyOf, inTrace, redactedParts, traceId } from '../support/log-parts.js';

const email = 'bob@example.com';

describe('log records of the application', () => {
  it('keep body and attributes, apart from what patterns find', async () => {
    const body = { text: `mail to ${email}`, list: [email, 1], level: 3 };
    expect(await bodyOf({ body: 'what the user asked' })).to.equal('what the user asked');
    expect(await bodyOf({ body: `mail to ${email}` })).to.equal('mail to [REDACTED]');
    expect(await bodyOf({ body })).to.deep.equal({
      text: 'mail to [REDACTED]',
      list: ['[REDACTED]', 1],
      level: 3,
    });
    expect(await bodyOf({ body: ['a', { note: email }] })).to.deep.equal(['a', { note: '[REDACTED]' }]);
    for (const value of [0, false, 1.5, 'x', null, ['a', 1], { a: { b: 1 } }])
      expect(await bodyOf({ body: value })).to.deep.equal(value);
    expect(await attributesOf({ attributes: { 'app.note': email, 'app.plan': 'pro' } })).to.deep.equal({
      'app.note': '[REDACTED]',
      'app.plan': 'pro',
    });
  });

  it('lose what is content under any circumstances', async () => {
    const attributes = { 'http.request.header.authorization': 'Basic YTpi', 'llm.prompt': 'secret' };
    expect(await attributesOf({ attributes })).to.deep.equal({});
    expect(await bodyOf({ body: { 'http.request.body': 'secret', port: 80 } })).to.deep.equal({ port: 80 });
  });

  it('lose what patterns find in the event name, the severity and the trace state', async () => {
    const record = await emitted({
      body: 'a',
      eventName: `app.${email}`,
      severityText: email,
      context: inTrace(`vendor=1,mail=${email}`),
    });
    const [view] = viewsOf([record]);
    expect(view?.eventName).to.equal('[REDACTED]');
    expect(view?.severityText).to.equal('[REDACTED]');
    expect(view?.spanContext?.traceState?.serialize()).to.equal('vendor=1');
    expect(view?.spanContext?.traceId).to.equal(traceId);
  });

  it('lose the error of an LLM call, recognised by its stack, also without a trace', async () => {
    const message = 'refused: tell me a secret';
    const attributes = {
      'exception.type': 'APIError',
      'exception.message': message,
      'exception.stacktrace': `APIError: ${message}\n    at generate (/app/node_modules/openai/core/error.js:1:1)`,
    };
    for (const context of [ROOT_CONTEXT, inTrace()])
      expect(await redactedParts({ body: `failed: ${message}`, attributes, context })).to.deep.equal({
        body: undefined,
        attributes: { 'exception.type': 'APIError' },
      });
    const other = {
      ...attributes,
      'exception.stacktrace': `Error: ${message}\n    at main (/app/main.js:1:1)`,
    };
    expect(await redactedParts({ body: message, attributes: other })).to.deep.equal({
      body: message,
      attributes: other,
    });
  });

  it('lose the error of an LLM call that an earlier log record of the same trace has shown', async () => {
    const message = 'refused: tell me a secret';
    const exception = {
      eventName: 'gen_ai.client.operation.exception',
      attributes: { 'exception.message': message },
    };
    const failed = await emitted({ ...exception, context: inTrace() });
    const later = { body: `the agent failed: ${message}` };
    const inSameTrace = await emitted({ ...later, context: inTrace() });
    const elsewhere = await emitted(later);
    expect(viewsOf([failed, inSameTrace, elsewhere]).map(({ body }) => body)).to.deep.equal([
      undefined,
      undefined,
      later.body,
    ]);
    const failedElsewhere = await emitted(exception);
    expect(viewsOf([failedElsewhere, elsewhere])[1]?.body).to.equal(later.body);
  });
});
