import type { Dialect } from '../dialect.js';
import { withoutCacheCounts } from './traceloop.js';

const { scopes: _, ...meaning } = withoutCacheCounts;

/** Axiom, with a tracer of the application's own: the AI SDK's counts, without the cache's. */
export const axiom: Dialect = {
  ...meaning,
  id: 'axiom',
  source: 'axiom@0.52.2',
  markers: ['axiom.gen_ai.sdk.name'],
};
