import * as testing from '@llm-otel/testing';
import { expect } from 'chai';

describe('@llm-otel/testing', () => {
  it('exports these names', () => {
    expect(Object.keys(testing).sort()).to.deep.equal([
      'FakeSpanExporter',
      'bundleModule',
      'collectGarbage',
      'collectGarbageUntil',
      'defaultSdkLine',
      'forkFakeProvider',
      'forkOtlpReceiver',
      'installContextManager',
      'processorWith',
      'recordDiag',
      'recordingProvider',
      'sdkLines',
      'startFakeProvider',
      'startOtlpLogReceiver',
      'startOtlpReceiver',
      'traceService',
    ]);
  });

  it('gives import and require the same class', async () => {
    const imported = await import('@llm-otel/testing');
    expect(imported.FakeSpanExporter).to.equal(require('@llm-otel/testing').FakeSpanExporter);
  });
});
