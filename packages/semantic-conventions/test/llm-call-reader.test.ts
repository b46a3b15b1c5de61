import { expect } from 'chai';
import { type DialectEntry, LlmCallReader, readLlmCall } from '../src/index.js';

const acme: DialectEntry = {
  id: 'acme',
  markers: ['acme.model'],
  model: ['acme.model'],
  usage: { inputTokens: ['acme.in'], outputTokens: ['acme.out'] },
};

describe('LlmCallReader', () => {
  it('reads a user-defined dialect, described by one entry', () => {
    const attributes = { 'acme.model': 'road-runner', 'acme.in': 10, 'acme.out': 2 };
    expect(new LlmCallReader([acme]).read({ attributes })).to.deep.equal({
      dialect: 'acme',
      kind: 'inference',
      model: 'road-runner',
      usage: { inputTokens: 10, outputTokens: 2 },
    });
    expect(readLlmCall({ attributes })).to.equal(undefined);
  });

  it('still reads the built-in dialects, after user-defined ones', () => {
    const reader = new LlmCallReader([acme]);
    const builtIn = { 'llm.model': 'gpt-4o', 'llm.tokens.input': 1, 'llm.tokens.output': 1 };
    expect(reader.read({ attributes: builtIn })).to.deep.equal(readLlmCall({ attributes: builtIn }));
    expect(reader.read({ attributes: { ...builtIn, 'acme.model': 'm' } })?.model).to.equal('m');
  });

  it('reads the kind of a span that has just started', () => {
    const reader = new LlmCallReader();
    for (const [attributes, kind] of [
      [{ 'gen_ai.operation.name': 'chat' }, 'inference'],
      [{ 'gen_ai.operation.name': 'embeddings' }, 'embedding'],
      [{ 'gen_ai.operation.name': 'invoke_agent' }, 'aggregate'],
      [{ 'gen_ai.operation.name': 'execute_tool' }, undefined],
      [{ 'gen_ai.operation.name': 'workflow_step' }, undefined],
      [{ 'gen_ai.operation.name': 'judge', 'gen_ai.request.model': 'm' }, 'inference'],
      [{ 'gen_ai.request.model': 'm' }, 'inference'],
      [{ 'openinference.span.kind': 'CHAIN', 'gen_ai.operation.name': 'chat' }, 'aggregate'],
      [{ 'http.request.method': 'POST' }, undefined],
      [{}, undefined],
    ] as const) {
      expect(reader.readKind({ attributes }), JSON.stringify(attributes)).to.equal(kind);
      expect(reader.read({ attributes })?.kind, JSON.stringify(attributes)).to.equal(kind);
    }
  });

  for (const [entry, message] of [
    [{}, 'A dialect must be an object with a non-empty string as its "id".'],
    [null, 'A dialect must be an object with a non-empty string as its "id".'],
    [{ id: 'acme' }, 'dialect "acme": "markers" must be an array of at least one attribute key.'],
    [{ id: 'acme', markers: [] }, 'dialect "acme": "markers" must be an array'],
    [
      { ...acme, models: [] },
      'dialect "acme": unknown key "models". The keys are: id, markers, source, model,',
    ],
    [
      { ...acme, usage: { input: [] } },
      'dialect "acme": unknown count "input" in "usage". The counts are: inputTokens,',
    ],
  ] as const)
    it(`refuses: ${message}`, () => {
      expect(() => new LlmCallReader([entry as never])).to.throw(TypeError, message);
    });
});
