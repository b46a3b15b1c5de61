import { expect } from 'chai';
import type { RedactionOptions } from '../src/options.js';
import { call, http, redacted } from './support/parts.js';

const nameOf = (name: string, attributes: object = {}, options?: RedactionOptions) =>
  redacted({ name, attributes: { ...call, ...attributes } }, options)?.name;

describe('the name of a span', () => {
  it('stays if it is an ordinary name', () => {
    for (const name of [
      'chat gpt-4o',
      'ai.generateText.doGenerate',
      'invoke_agent Weather Agent',
      'execute_tool get_weather',
    ])
      expect(nameOf(name)).to.equal(undefined);
  });

  it('is replaced if it quotes content, or the beginning of content', () => {
    expect(nameOf('chat: tell me', { 'llm.prompt': 'tell me' })).to.equal('LLM call');
    expect(
      nameOf('agent: Where does Alice', { 'input.value': 'Where does Alice live, and since when?' }),
    ).to.equal('LLM call');
    expect(nameOf('execute_tool get_weather', { 'gen_ai.tool.call.arguments': 'get_weather' })).to.equal(
      'execute_tool get_weather',
    );
  });

  it('is replaced if it quotes messages in JSON', () => {
    const messages = JSON.stringify([
      { role: 'user', parts: [{ type: 'text', content: 'Where does Alice live, and who asks?' }] },
    ]);
    for (const name of ['chat Where does Alice live', 'Where does Alice live'])
      expect(nameOf(name, { 'gen_ai.input.messages': messages })).to.equal('LLM call');
    const response = JSON.stringify({ model: 'claude-sonnet-4-5-20250929', text: 'Weather Agent' });
    for (const name of ['chat claude-sonnet-4-5-20250929', 'invoke_agent Weather Agent'])
      expect(nameOf(name, { 'output.value': response })).to.equal(name);
  });

  it('is replaced if it is a text: long, or with many words or lines', () => {
    for (const name of ['x'.repeat(121), 'one two three four five six seven eight nine', 'a\nb']) {
      expect(nameOf(name)).to.equal('LLM call');
      expect(redacted({ name, attributes: http })).to.equal(undefined);
    }
  });

  it('is treated as the option content says', () => {
    expect(nameOf('a\nb', {}, { content: 'mask', marker: '***' })).to.equal('***');
    expect(nameOf('a\nb', {}, { content: 'keep' })).to.equal(undefined);
  });

  it('is the same after redacting twice', () => {
    expect(nameOf('LLM call')).to.equal(undefined);
  });
});
