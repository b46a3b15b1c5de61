import { expect } from 'chai';
import type { RedactionOptions } from '../../src/options.js';
import { isProse, quotesContent, SpanNames } from '../../src/span/span-names.js';
import { call, http, redacted } from '../support/parts.js';

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
    const prompt = { 'llm.prompt': 'Where does Alice live, and since when?' };
    for (const name of ['chat gpt-4o', 'ai.generateText.doGenerate', 'invoke_agent Weather Agent'])
      expect(nameOf(name, prompt)).to.equal(name);
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

describe('isProse', () => {
  it('is true from 121 characters, nine words or two lines on', () => {
    expect(isProse('x'.repeat(120))).to.equal(false);
    expect(isProse('x'.repeat(121))).to.equal(true);
    expect(isProse('one two three four five six seven eight')).to.equal(false);
    expect(isProse('one two three four five six seven eight nine')).to.equal(true);
    expect(isProse('one\ntwo')).to.equal(true);
  });
});

describe('quotesContent', () => {
  it('finds short content of several words as a whole', () => {
    expect(quotesContent('chat a bc', 'a bc')).to.equal(true);
    expect(quotesContent('chat tell me who it', 'tell me who it ')).to.equal(false);
    expect(quotesContent('chat a b', 'a b')).to.equal(false);
    expect(quotesContent('chat weather', 'weather')).to.equal(false);
  });

  it('finds the first 16 characters of longer content', () => {
    expect(quotesContent('tell me who it i', 'tell me who it is, and why')).to.equal(true);
    expect(quotesContent('tell me who it', 'tell me who it is, and why')).to.equal(false);
    expect(quotesContent('ell me who it is, and why', 'tell me who it is, and why')).to.equal(false);
    expect(quotesContent('chat about something else', 'tell me who it is, and why')).to.equal(false);
  });

  it('finds the first 16 characters of a name, or of what follows its first word, in JSON', () => {
    const json = '["tell me who it is"]';
    expect(quotesContent('tell me who it i', json)).to.equal(true);
    expect(quotesContent('chat tell me who it i', json)).to.equal(true);
    expect(quotesContent('tell me who it', json)).to.equal(false);
    expect(quotesContent('tell me who it is', `[${' '.repeat(4_096)}"tell me who it is"]`)).to.equal(false);
  });

  it('finds nothing in content that is not a text', () => {
    expect(quotesContent('chat 1234', 1234)).to.equal(false);
  });
});

describe('the memory of SpanNames', () => {
  const scansOf = (name: string, others: number) => {
    let scans = 0;
    const names = new SpanNames((text) => {
      if (text === name) scans++;
      return text;
    });
    names.scanned(name);
    for (let index = 0; index < others; index++) names.scanned(`other ${index}`);
    names.scanned(name);
    return scans;
  };

  it('holds 1,024 names of up to 128 characters, and is emptied beyond that', () => {
    expect(scansOf('x'.repeat(128), 1_023)).to.equal(1);
    expect(scansOf('x'.repeat(128), 1_024)).to.equal(2);
    expect(scansOf('x'.repeat(129), 1)).to.equal(2);
  });
});
