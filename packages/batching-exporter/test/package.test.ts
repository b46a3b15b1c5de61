import * as batching from '@llm-otel/batching-exporter';
import { expect } from 'chai';
import { VERSION } from '../src/version.js';

describe('@llm-otel/batching-exporter', () => {
  it('exports these names', () => {
    expect(Object.keys(batching).sort()).to.deep.equal(['BatchingSpanExporter', 'OtlpBatchingSpanExporter']);
  });

  it('gives import and require the same class', async () => {
    const imported = await import('@llm-otel/batching-exporter');
    expect(imported.BatchingSpanExporter).to.equal(
      require('@llm-otel/batching-exporter').BatchingSpanExporter,
    );
  });

  it('tells its own version', () => {
    expect(require('@llm-otel/batching-exporter/package.json').version).to.equal(VERSION);
  });
});
