import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import { attributesOf, call } from '../support/parts.js';

const derived = (attributes: Attributes) => {
  const {
    'llm.prompt.message_count': messages,
    'llm.prompt.system_length': system,
    'llm.response.length': response,
  } = attributesOf({ ...call, ...attributes }) ?? {};
  return { messages, system, response };
};
const none = { messages: undefined, system: undefined, response: undefined };
const messages = [
  { role: 'system', content: 'Be kind.' },
  { role: 'user', content: 'Hello' },
];

describe('safe metadata in place of content', () => {
  it('is derived from lists of messages as JSON', () => {
    expect(derived({ 'ai.prompt.messages': JSON.stringify(messages) })).to.deep.equal({
      ...none,
      messages: 2,
      system: 8,
    });
    for (const key of ['llm.prompt', 'gen_ai.request.messages', 'gen_ai.prompt'])
      expect(derived({ [key]: JSON.stringify(messages) }), key).to.deep.equal({
        ...none,
        messages: 2,
        system: 8,
      });
    expect(derived({ 'ai.prompt.messages': JSON.stringify([null, 'Hello', ...messages]) })).to.deep.equal({
      ...none,
      messages: 4,
      system: 8,
    });
    const parts = [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }];
    expect(derived({ 'gen_ai.input.messages': JSON.stringify(parts) })).to.deep.equal({
      ...none,
      messages: 1,
    });
    expect(derived({ 'gen_ai.output.messages': JSON.stringify(parts) })).to.deep.equal({
      ...none,
      response: 5,
    });
  });

  it('is derived from numbered keys', () => {
    expect(
      derived({
        'llm.input_messages.0.message.content': 'a',
        'llm.input_messages.2.message.content': 'b',
        'llm.output_messages.0.message.content': 'four',
      }),
    ).to.deep.equal({ ...none, messages: 3, response: 4 });
    expect(
      derived({ 'gen_ai.prompt.1.content': 'a', 'gen_ai.completion.0.content': 'two words' }),
    ).to.deep.equal({
      ...none,
      messages: 2,
      response: 9,
    });
  });

  it('is not derived from a key whose index is implausible or missing', () => {
    for (const index of ['123456789', '-1', 'x'])
      expect(derived({ [`gen_ai.prompt.${index}.content`]: 'a' }), index).to.deep.equal(none);
    expect(derived({ 'gen_ai.prompt.0.content': 'a', 'gen_ai.prompt.x.content': 'b' }).messages).to.equal(1);
  });

  it('is derived from plain text', () => {
    expect(derived({ 'ai.response.text': 'four', 'gen_ai.system_instructions': 'Be kind.' })).to.deep.equal({
      ...none,
      system: 8,
      response: 4,
    });
    expect(derived({ 'gen_ai.response.text': 'four' })).to.deep.equal({ ...none, response: 4 });
  });

  it('does not overwrite what the span already has', () => {
    expect(derived({ 'ai.response.text': 'four', 'llm.response.length': 40 }).response).to.equal(40);
  });

  it("stays with mode: 'allow', also when redacted again, like the counts of a summary", () => {
    const options = { mode: 'allow', allowKeys: ['llm.model'], summary: 'keys' } as const;
    const once = attributesOf({ ...call, 'llm.prompt': JSON.stringify(messages) }, options);
    expect(once).to.deep.equal({
      'llm.model': 'gpt-4o',
      'llm.prompt.message_count': 2,
      'llm.prompt.system_length': 8,
      'llm.redaction.removed_count': 2,
      'llm.redaction.keys': ['llm.tokens.input', 'llm.prompt'],
    });
    expect(attributesOf({ ...once }, options)).to.equal(undefined);
  });

  it('is not written if a rule or list matches its key, whereas the summary is always written', () => {
    for (const treated of [
      { rules: [{ match: /^llm\.(?:prompt|redaction)/, action: 'mask' }] } as const,
      { blockKeys: [/^llm\.(?:prompt|redaction)/], content: 'mask' } as const,
    ]) {
      const options = { ...treated, summary: 'counts' } as const;
      const once = attributesOf({ ...call, 'llm.prompt': JSON.stringify(messages) }, options);
      expect(once).to.deep.equal({ ...call, 'llm.prompt': '[REDACTED]', 'llm.redaction.masked_count': 1 });
      expect(attributesOf({ ...once }, options)).to.equal(undefined);
    }
  });

  it('is not derived from text that is too long to parse, or that is not JSON', () => {
    const long = JSON.stringify([{ role: 'user', content: 'x'.repeat(10_000) }]);
    expect(derived({ 'gen_ai.input.messages': long, 'gen_ai.output.messages': '[{' })).to.deep.equal(none);
  });
});
