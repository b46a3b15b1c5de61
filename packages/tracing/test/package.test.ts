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

  it('exports the same functions to import and require', async () => {
    const imported = await import('@llm-otel/tracing');
    expect(imported.wrapOpenAI).to.equal(require('@llm-otel/tracing').wrapOpenAI);
  });

  it('exports the LangChain handler as a subpath', async () => {
    const { LlmTracingCallbackHandler, ...others } = require('@llm-otel/tracing/langchain');
    expect(Object.keys(others)).to.deep.equal([]);
    const imported = await import('@llm-otel/tracing/langchain');
    expect(imported.LlmTracingCallbackHandler).to.equal(LlmTracingCallbackHandler);
  });

  it('knows its own version', () => {
    expect(require('@llm-otel/tracing/package.json').version).to.equal(VERSION);
  });
});
