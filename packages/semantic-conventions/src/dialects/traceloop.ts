import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';
import { genAiLegacy } from './gen-ai-legacy.js';

/** Traceloop's instrumentation of Anthropic, which passes the provider's own count on. */
export const traceloopAnthropic: Dialect = {
  ...genAi,
  id: 'traceloop',
  source: '@traceloop/instrumentation-anthropic@0.27.0 and @0.16.0 (test/peers/FACTS.md)',
  markers: [...genAi.markers, ...genAiLegacy.markers],
  scopes: ['@traceloop/instrumentation-anthropic'],
  isWhole: true,
  provider: [...genAi.provider, ...genAiLegacy.provider],
  usage: {
    ...genAi.usage,
    inputTokens: genAiLegacy.usage.inputTokens,
    outputTokens: genAiLegacy.usage.outputTokens,
  },
  inputIncludesCached: { anthropic: 'no', others: 'yes' },
  // 0.16 has none at all; 0.27 writes zeros.
  untoldCaching: 'counts',
};

/**
 * Instrumentations that pass no cache counts on: a call that read from a cache looks like one that did not.
 * (With Anthropic, Traceloop's LangChain handler moreover counts without cached tokens when plain, and with them when streamed.)
 */
export const withoutCacheCounts: Dialect = {
  ...traceloopAnthropic,
  id: 'gen_ai_without_cache',
  source:
    '@traceloop/instrumentation-{openai,langchain}@0.27.0 and @0.16.0, @opentelemetry/instrumentation-openai@0.22.0 (test/peers/FACTS.md), ' +
    '@traceloop/instrumentation-{bedrock,llamaindex,vertexai}@0.27.0, @traceloop/instrumentation-azure@0.13.0, ' +
    '@agentuity/runtime@2.0.21, @opentelemetry/instrumentation-aws-sdk@0.79.0, @azure/ai-projects@2.10.0, @azure-rest/ai-inference@1.0.0-beta.6, ' +
    '@elastic/opentelemetry-instrumentation-openai@0.5.1, @latitude-data/telemetry@3.6.0, langwatch@0.16.1, ' +
    '@microsoft/opentelemetry@1.4.0, @mistralai/mistralai@2.7.0',
  scopes: [
    '@traceloop/instrumentation-openai',
    '@traceloop/instrumentation-langchain',
    '@traceloop/instrumentation-azure',
    '@traceloop/instrumentation-bedrock',
    '@traceloop/instrumentation-llamaindex',
    '@traceloop/instrumentation-vertexai',
    '@agentuity/otel-llm',
    '@opentelemetry/instrumentation-openai',
    '@opentelemetry/instrumentation-aws-sdk',
    '@azure/ai-inference-rest',
    '@azure/ai-projects',
    '@elastic/opentelemetry-instrumentation-openai',
    'langwatch.instrumentation.langchain',
    'microsoft-otel-langchain',
    'microsoft-otel-openai-agents',
    'mistralai_sdk_tracer',
    'so.latitude.instrumentation.openai-agents',
  ],
};
