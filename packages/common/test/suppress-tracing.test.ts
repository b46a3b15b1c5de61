import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import { expect } from 'chai';
import { withTracingSuppressed } from '../src/index.js';

describe('withTracingSuppressed', () => {
  before(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  after(() => context.disable());

  it('is understood by @opentelemetry/core, ends with the function, and returns its result', () => {
    const seen = withTracingSuppressed(() => isTracingSuppressed(context.active()));
    expect(seen).to.equal(true);
    expect(isTracingSuppressed(context.active())).to.equal(false);
  });
});
