import type { Dialect } from '../dialect.js';
import { withoutCacheCounts } from './traceloop.js';

const { scopes: _, ...meaning } = withoutCacheCounts;

/** Axiom, with the application's own tracer: the AI SDK's counts, without those of the cache. */
export const axiom: Dialect = {
  ...meaning,
  id: 'axiom',
  source: 'axiom@0.52.2',
  markers: ['axiom.gen_ai.sdk.name'],
};
