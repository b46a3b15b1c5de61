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
  }))
    it(`are content all the same: ${spelling}`, () => {
      expect(attributesOf({ 'llm.model': 'm', [key]: 'secret' })).to.deep.equal({ 'llm.model': 'm' });
    });

  it('are content in maps, however deep, too', () => {
    expect(attributesOf({ LLM: { Prompt: 'secret', n: 1 } })).to.deep.equal({ LLM: { n: 1 } });
    const at = (content: object) => ({ app: { a: { llm: { ...content, n: 1 } } } });
    expect(attributesOf(at({ prompt: 'secret' }))).to.deep.equal(at({}));
    expect(attributesOf({ app: { gen_ai: { input: { messages: 'secret' } } } })).to.deep.equal({
      app: { gen_ai: { input: {} } },
    });
  });

  it('never set what a map inherits, whatever a rule says of them', () => {
    const app = JSON.parse('{"__proto__":{"polluted":true},"n":1}');
    const redacted = attributesOf(
      { app, 'app.b': 1 },
      { rules: [{ match: /proto/, action: 'hash' }], hmacKey: 'k' },
    );
    expect(redacted?.app).to.deep.equal({ n: 1 });
    expect(Object.getPrototypeOf(redacted?.app)).to.equal(Object.prototype);
  });

  it('leave alone what only looks like content, and scan it', () => {
    const attributes = { 'LLM.Prompt.Message_Count': 3, 'App.Note': 'a', 'LLM.Model': 'm' };
    expect(attributesOf(attributes)).to.equal(undefined);
    expect(attributesOf({ 'LLM.Model': 'bob@example.com' })).to.deep.equal({ 'LLM.Model': '[REDACTED]' });
  });
});
