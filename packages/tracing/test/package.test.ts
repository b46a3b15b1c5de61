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

  it('exports the LangChain handler from a path of its own', async () => {
    const { LlmTracingCallbackHandler, ...others } = require('@llm-otel/tracing/langchain');
    expect(Object.keys(others)).to.deep.equal([]);
    const imported = await import('@llm-otel/tracing/langchain');
    expect(imported.LlmTracingCallbackHandler).to.equal(LlmTracingCallbackHandler);
  });

  it('tells its own version', () => {
    expect(require('@llm-otel/tracing/package.json').version).to.equal(VERSION);
  });
});
