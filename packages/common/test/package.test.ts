import * as common from '@llm-otel/common';
import { expect } from 'chai';

describe('@llm-otel/common', () => {
  it('exports these names', () => {
    expect(Object.keys(common).sort()).to.deep.equal([
      'MAX_TIMER_MILLIS',
      'Reporter',
      'SpanView',
      'aBoolean',
      'aFunction',
      'aNonNegativeNumber',
      'aPositiveInteger',
      'aString',
      'anArrayOf',
      'anObject',
      'anObjectWith',
      'checkOptions',
      'describe',
      'isError',
      'isThrownResult',
      'oneOf',
      'parseJsonObject',
      'thrownResult',
      'withTracingSuppressed',
    ]);
  });

  it('gives import and require the same class', async () => {
    const imported = await import('@llm-otel/common');
    expect(imported.Reporter).to.equal(require('@llm-otel/common').Reporter);
  });
});
