import { expect } from 'chai';
import type { RedactionOptions } from '../src/options.js';
import { call, http, redacted } from './support/parts.js';

const nameOf = (name: string, attributes: object = {}, options?: RedactionOptions) =>
  redacted({ name, attributes: { ...call, ...attributes } }, options)?.name;

describe('the name of a span', () => {
  it('stays, as names are', () => {
    for (const name of [
      'chat gpt-4o',
      'ai.generateText.doGenerate',
      'invoke_agent Weather Agent',
      'execute_tool get_weather',
    ])
      expect(nameOf(name)).to.equal(undefined);
  });

  it('goes when it says what a content says, or how it begins', () => {
    expect(nameOf('chat: tell me', { 'llm.prompt': 'tell me' })).to.equal('LLM call');
    expect(
      nameOf('agent: Where does Alice', { 'input.value': 'Where does Alice live, and since when?' }),
    ).to.equal('LLM call');
    expect(nameOf('execute_tool get_weather', { 'gen_ai.tool.call.arguments': 'get_weather' })).to.equal(
      'execute_tool get_weather',
    );
  });

  it('goes when it says what messages as JSON say', () => {
    const messages = JSON.stringify([
      { role: 'user', parts: [{ type: 'text', content: 'Where does Alice live, and who asks?' }] },
    ]);
    for (const name of ['chat Where does Alice live', 'Where does Alice live'])
      expect(nameOf(name, { 'gen_ai.input.messages': messages })).to.equal('LLM call');
    const response = JSON.stringify({ model: 'claude-sonnet-4-5-20250929', text: 'Weather Agent' });
    for (const name of ['chat claude-sonnet-4-5-20250929', 'invoke_agent Weather Agent'])
      expect(nameOf(name, { 'output.value': response })).to.equal(name);
  });

  it('goes when it is a text: long, of many words or lines', () => {
    for (const name of ['x'.repeat(121), 'one two three four five six seven eight nine', 'a\nb']) {
      expect(nameOf(name)).to.equal('LLM call');
      expect(redacted({ name, attributes: http })).to.equal(undefined);
    }
  });

  it('is replaced as content is', () => {
    expect(nameOf('a\nb', {}, { content: 'mask', marker: '***' })).to.equal('***');
    expect(nameOf('a\nb', {}, { content: 'keep' })).to.equal(undefined);
  });

  it('holds twice as it holds once', () => {
    expect(nameOf('LLM call')).to.equal(undefined);
  });
});
