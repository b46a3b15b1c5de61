import { expect } from 'chai';
import { keepMetadata, keepSettings } from '../../src/redact/mixed-json.js';

const settings = (value: object) => JSON.parse(String(keepSettings(JSON.stringify(value)) ?? 'null'));

describe('keepSettings', () => {
  it('keeps settings and removes content', () => {
    expect(
      settings({
        model: 'gpt-4o',
        temperature: 0.7,
        stream: true,
        seed: null,
        system: 'secret',
        instructions: 'secret',
        tools: [{ name: 'secret' }],
        stop: ['secret'],
        messages: [{ content: 'secret' }],
        prediction: { content: 'secret' },
      }),
    ).to.deep.equal({ model: 'gpt-4o', temperature: 0.7, stream: true, seed: null });
  });

  it('keeps the settings of Bedrock, Mistral and Gemini', () => {
    const kept = {
      anthropic_version: 'bedrock-2023-05-31',
      max_gen_len: 512,
      textGenerationConfig: { maxTokenCount: 512, temperature: 0.5 },
      inferenceConfig: { maxTokens: 300, topP: 0.9 },
      random_seed: 7,
      safe_prompt: true,
      output_config: { effort: 'high' },
      config: { thinkingConfig: { thinkingLevel: 'LOW' }, responseMimeType: 'application/json' },
    };
    expect(settings({ ...kept, config: { ...kept.config, systemInstruction: 'secret' } })).to.deep.equal(
      kept,
    );
  });

  it('removes a setting with an implausible value: text for a number, a map for a name, a long name', () => {
    expect(
      settings({ temperature: 'secret', model: { secret: 1 }, effort: 'x'.repeat(65), n: 1 }),
    ).to.deep.equal({ n: 1 });
  });

  it('removes a list or a map in place of a number, and numbers that are not known', () => {
    expect(
      settings({
        temperature: ['secret'],
        max_tokens: { text: 'secret' },
        promptTokens: ['secret'],
        account: 7,
        cachedTokens: 5,
        n: 1,
      }),
    ).to.deep.equal({ cachedTokens: 5, n: 1 });
  });

  it('follows groups of settings, and no other maps', () => {
    expect(
      settings({
        generationConfig: { temperature: 0.2, responseSchema: { title: 'secret' } },
        response_format: { type: 'json_schema', json_schema: { description: 'secret' } },
        extra: { temperature: 1 },
      }),
    ).to.deep.equal({ generationConfig: { temperature: 0.2 }, response_format: { type: 'json_schema' } });
  });

  it('removes groups that become empty or are nested too deep', () => {
    let nested: object = { temperature: 1 };
    for (let depth = 0; depth < 10; depth++) nested = { thinking: nested };
    expect(settings({ n: 1, thinking: { text: 'secret' } })).to.deep.equal({ n: 1 });
    expect(keepSettings(nested)).to.equal(undefined);
  });

  it('returns a map for a map', () => {
    expect(keepSettings({ temperature: 1, system: 'secret' })).to.deep.equal({ temperature: 1 });
  });

  it('keeps nothing if the value is not a JSON object, was cut, or is too long to parse', () => {
    for (const value of [
      '{"temperature":1',
      'secret',
      '[1]',
      '"secret"',
      '7',
      'null',
      '{}',
      7,
      true,
      ['secret'],
    ])
      expect(keepSettings(value), String(value)).to.equal(undefined);
    expect(keepSettings(JSON.stringify({ temperature: 1, system: 'x'.repeat(20_000) }))).to.equal(undefined);
  });

  it("serializes the text again, so that a duplicate name can't get through", () => {
    expect(keepSettings('{"model":"secret words","model":"gpt-4o"}')).to.equal('{"model":"gpt-4o"}');
  });

  it('ignores inherited property names', () => {
    expect(keepSettings('{"__proto__":{"temperature":1},"constructor":"secret"}')).to.equal(undefined);
  });
});

describe('keepMetadata', () => {
  it('removes what LangChain mixes in', () => {
    const metadata = JSON.stringify({
      team: 'a',
      ls_stop: ['secret'],
      ls_invocation_params: { system: 'secret' },
    });
    expect(keepMetadata(metadata)).to.equal('{"team":"a"}');
  });

  it('leaves other metadata exactly as it is, JSON or not', () => {
    for (const value of ['{ "team": "a" }', 'plain text', '{"cut off'])
      expect(keepMetadata(value)).to.equal(value);
  });

  it('keeps nothing of a text that names content and is not a JSON object', () => {
    expect(keepMetadata('{"team":"a","ls_stop":["sec')).to.equal(undefined);
    expect(keepMetadata('[{"ls_stop":["secret"]}]')).to.equal(undefined);
  });

  it('returns a map for a map', () => {
    expect(keepMetadata({ team: 'a', ls_stop: 'secret' })).to.deep.equal({ team: 'a' });
  });
});
