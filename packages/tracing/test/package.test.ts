import * as tracing from '@llm-otel/tracing';
import { expect } from 'chai';
import { VERSION } from '../src/version.js';

describe('@llm-otel/tracing', () => {
  it('exports these names', () => {
    expect(Object.keys(tracing).sort()).to.deep.equal([
      'traceLlmCall',
      'traceLlmStream',
      'wrapAnthropic',
      'wrapOpenAI',
    ]);
  });

  it('gives import and require the same functions', async () => {
    const imported = await import('@llm-otel/tracing');
    expect(imported.wrapOpenAI).to.equal(require('@llm-otel/tracing').wrapOpenAI);
  });

  it('tells its own version', () => {
    expect(require('@llm-otel/tracing/package.json').version).to.equal(VERSION);
  });
});
