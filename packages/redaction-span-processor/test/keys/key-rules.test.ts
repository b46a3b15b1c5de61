import { expect } from 'chai';
import {
  ALLOWED,
  CONTENT,
  KNOWN,
  LLM,
  METADATA_JSON,
  PLAIN,
  QUOTING,
  REMOVED,
  SETTINGS_JSON,
  UNLISTED,
} from '../../src/keys/key-flags.js';
import type { RedactionOptions } from '../../src/options.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';

const flagsOf = (key: string, options?: RedactionOptions) => resolvePolicy('test', options).keys.flagsOf(key);

describe('KeyRules', () => {
  it('recognises content by exact key and by prefix', () => {
    expect(flagsOf('llm.prompt')).to.equal(CONTENT | LLM);
    expect(flagsOf('gen_ai.prompt.0.content')).to.equal(CONTENT | LLM);
    expect(flagsOf('llm.promptness')).to.equal(0);
  });

  it('treats the name before the dot of a prefix as content, because SDK 3 accepts maps', () => {
    expect(flagsOf('llm.input_messages')).to.equal(CONTENT | LLM);
  });

  it('keeps what only resembles content', () => {
    for (const key of ['llm.prompt.message_count', 'gen_ai.prompt.name', 'llm.token_count.prompt'])
      expect(flagsOf(key), key).to.equal(KNOWN | LLM);
  });

  it('recognises the other kinds of keys', () => {
    expect(flagsOf('llm.invocation_parameters')).to.equal(SETTINGS_JSON | LLM);
    expect(flagsOf('metadata')).to.equal(METADATA_JSON);
    expect(flagsOf('exception.message')).to.equal(QUOTING);
    expect(flagsOf('http.request.header.x-prompt')).to.equal(QUOTING);
    expect(flagsOf('logfire.msg')).to.equal(CONTENT);
    expect(flagsOf('http.request.method')).to.equal(PLAIN);
    expect(flagsOf('app.note')).to.equal(0);
  });

  it('does not confuse inherited property names with known keys', () => {
    for (const key of ['constructor', 'toString', 'hasOwnProperty']) expect(flagsOf(key), key).to.equal(0);
  });

  it('lets allowKeys release content, by name and by regular expression', () => {
    expect(flagsOf('llm.prompt', { allowKeys: ['llm.prompt'] })).to.equal(ALLOWED | LLM);
    expect(flagsOf('llm.prompt', { allowKeys: [/^llm\./] })).to.equal(ALLOWED | LLM);
  });

  it('lets blockKeys turn any key into content', () => {
    expect(flagsOf('user.id', { blockKeys: ['user.id'] })).to.equal(CONTENT);
    expect(flagsOf('llm.model', { blockKeys: [/model$/] })).to.equal(CONTENT | KNOWN | LLM);
  });

  it('prefers a blocking regular expression to an allowing one, and an allowed name to both', () => {
    const blockKeys = [/^app\./];
    expect(flagsOf('app.a', { blockKeys, allowKeys: [/^app\.a/] })).to.equal(CONTENT);
    expect(flagsOf('app.a', { blockKeys, allowKeys: ['app.a'] })).to.equal(ALLOWED);
  });

  it('removes what is blocked even if content is kept', () => {
    expect(flagsOf('llm.prompt', { content: 'keep', blockKeys: ['user.id'] })).to.equal(LLM);
    expect(flagsOf('user.id', { content: 'keep', blockKeys: ['user.id'] })).to.equal(REMOVED);
  });

  it('gives the same result each time for a regular expression with the flags g and y', () => {
    const { keys } = resolvePolicy('test', { blockKeys: [/secret/g, /app/y] });
    for (const key of ['secret.1', 'secret.2', 'app.1', 'app.2'])
      expect(keys.flagsOf(key), key).to.equal(CONTENT);
  });

  it('always removes __proto__', () => {
    expect(flagsOf('__proto__', { content: 'keep', allowKeys: ['__proto__'] })).to.equal(REMOVED);
  });
});

describe("KeyRules with mode: 'allow'", () => {
  const mode = 'allow';

  it('keeps only what is listed', () => {
    expect(flagsOf('llm.model', { mode })).to.equal(KNOWN | LLM | UNLISTED);
    expect(flagsOf('llm.model', { mode, allowKeys: ['llm.model'] })).to.equal(ALLOWED | KNOWN | LLM);
    expect(flagsOf('app.plan', { mode, allowKeys: [/^app\./] })).to.equal(0);
  });

  it('releases content by name, not by regular expression', () => {
    expect(flagsOf('llm.prompt', { mode, allowKeys: [/^llm\./] })).to.equal(CONTENT | LLM);
    expect(flagsOf('llm.prompt', { mode, allowKeys: ['llm.prompt'] })).to.equal(ALLOWED | LLM);
  });

  it('keeps the summary of redaction', () => {
    expect(flagsOf('llm.redaction.removed_count', { mode })).to.equal(KNOWN);
  });
});

describe('the memory of KeyRules', () => {
  it('holds at most 4,096 keys, and gives the same results beyond that', () => {
    const { keys } = resolvePolicy('test');
    for (let index = 0; index < 10_000; index++) {
      expect(keys.flagsOf(`llm.prompt.${index}`)).to.equal(CONTENT | LLM);
      expect(keys.size).to.be.within(1, 4_096);
    }
  });

  it('is used up to that bound', () => {
    const { keys } = resolvePolicy('test');
    for (let index = 0; index < 4_096; index++) keys.flagsOf(`key.${index}`);
    expect(keys.size).to.equal(4_096);
  });

  it('excludes keys of more than 256 characters', () => {
    const { keys } = resolvePolicy('test');
    expect(keys.flagsOf(`llm.prompt.${'x'.repeat(300)}`)).to.equal(CONTENT | LLM);
    expect(keys.size).to.equal(0);
    keys.flagsOf('x'.repeat(256));
    expect(keys.size).to.equal(1);
  });
});
