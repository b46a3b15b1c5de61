import { expect } from 'chai';
import { attributesOf } from './support/parts.js';

describe('keys in other spellings', () => {
  for (const [spelling, key] of Object.entries({
    'other case': 'Gen_AI.Input.Messages',
    'other case, indexed': 'LLM.Input_Messages.0.Message.Content',
    'full-width letters': 'ｇｅｎ_ａｉ.prompt',
    'a space around': ' llm.prompt ',
    'a zero-width space within': 'llm.\u200bprompt',
    'a soft hyphen within': 'llm.pro\u00admpt',
    'a mark of direction': '\u202allm.prompt',
    'below a name of content': 'gen_ai.tool.call.arguments.city',
    'below a name of content, in other case': 'Input.Value.a.b',
    'below settings': 'llm.invocation_parameters.tools',
    'an index in brackets': 'llm.output_messages[0].message.content',
  }))
    it(`are content as well: ${spelling}`, () => {
      expect(attributesOf({ 'llm.model': 'm', [key]: 'secret' })).to.deep.equal({ 'llm.model': 'm' });
    });

  it('are content below any content key, unless they are known to be safe', () => {
    const safe = {
      'llm.prompt.message_count': 1,
      'gen_ai.input.messages.0.role': 'user',
      'gen_ai.output.messages.0.finish_reason': 'stop',
      'llm.messages.count': 2,
      'llm.tools.count': 2,
      'http.request.body.size': 7,
      'langfuse.observation.metadata.team': 'search',
      'langfuse.trace.metadata.team': 'search',
    };
    const messages = {
      'gen_ai.input.messages.0.content': 'secret',
      'gen_ai.input.messages[0].content': 'secret',
      'llm.tools.0.name': 'secret',
      'langfuse.observation.metadata.tools.0': 'secret',
      'http.request.body.field': 'secret',
    };
    expect(attributesOf({ 'llm.model': 'm', ...messages, ...safe })).to.deep.equal({
      'llm.model': 'm',
      ...safe,
    });
  });

  it('are not content below names that any application may use, if they identify or measure it', () => {
    const metadata = {
      'message.content.length': 12,
      'message.parts.count': 2,
      'pending.messages.count': 42,
      'prompt.template.id': 'p1',
      'prompt.template.name': 'greeting',
      'prompt.template.version': '3',
    };
    expect(attributesOf(metadata)).to.equal(undefined);
    // An argument of a tool may be called like that.
    expect(attributesOf({ 'tool.input.size': 'XL' })).to.deep.equal({});
  });

  it('take linear time even for a key with many parts', () => {
    const key = 'a.'.repeat(500_000);
    const start = performance.now();
    attributesOf({ [key]: 'x' });
    expect(performance.now() - start).to.be.below(2_000);
  });

  it('are content in maps, at any depth', () => {
    expect(attributesOf({ LLM: { Prompt: 'secret', n: 1 } })).to.deep.equal({ LLM: { n: 1 } });
    const at = (content: object) => ({ app: { a: { llm: { ...content, n: 1 } } } });
    expect(attributesOf(at({ prompt: 'secret' }))).to.deep.equal(at({}));
    expect(attributesOf({ app: { gen_ai: { input: { messages: 'secret' } } } })).to.deep.equal({
      app: { gen_ai: {} },
    });
  });

  it('never change the prototype of a map, whatever a rule says', () => {
    const app = JSON.parse('{"__proto__":{"polluted":true},"n":1}');
    const redacted = attributesOf(
      { app, 'app.b': 1 },
      { rules: [{ match: /proto/, action: 'hash' }], hmacKey: 'k' },
    );
    expect(redacted?.app).to.deep.equal({ n: 1 });
    expect(Object.getPrototypeOf(redacted?.app)).to.equal(Object.prototype);
  });

  it('are kept and scanned for patterns if they only resemble content', () => {
    const attributes = { 'LLM.Prompt.Message_Count': 3, 'App.Note': 'a', 'LLM.Model': 'm' };
    expect(attributesOf(attributes)).to.equal(undefined);
    expect(attributesOf({ 'LLM.Model': 'bob@example.com' })).to.deep.equal({ 'LLM.Model': '[REDACTED]' });
  });
});
