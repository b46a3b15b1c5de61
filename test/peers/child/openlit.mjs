import { loadInside } from './load.mjs';

/**
 * One of openlit's instrumentations, set up by hand: with an SDK of 2.x `openlit.init` makes a tracer
 * provider of its own, because it recognises an existing one by `addSpanProcessor`, which 2.x has no more.
 */
export function prepareOpenlit(instrumented, tracerProvider) {
  const config = loadInside('openlit', 'dist/config.js').default;
  config.updateConfig({
    environment: 'test',
    applicationName: 'peers',
    tracer: tracerProvider,
    captureMessageContent: true,
  });
  // In openlit's own format, USD per 1,000 tokens; by default it is fetched from GitHub.
  config.pricingInfo = {
    chat: {
      'gpt-4o': { promptPrice: 0.0025, completionPrice: 0.01 },
      'gpt-5': { promptPrice: 0.00125, completionPrice: 0.01 },
      'claude-sonnet-4-5': { promptPrice: 0.003, completionPrice: 0.015 },
    },
    embeddings: { 'text-embedding-3-small': 0.00002 },
  };
  const { default: Instrumentation } = loadInside('openlit', `dist/instrumentation/${instrumented}/index.js`);
  const instrumentation = new Instrumentation();
  instrumentation.setTracerProvider(tracerProvider);
  return instrumentation;
}
