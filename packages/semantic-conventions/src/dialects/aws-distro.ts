import type { Dialect } from '../dialect.js';
import { withoutCacheCounts } from './traceloop.js';

/**
 * AWS's distribution, which instruments OpenAI's Agents and LangChain. Cached tokens are only in the spans of turns, which
 * have no model. Turns, handoffs and chains have no operation.
 */
export const awsDistro: Dialect = {
  ...withoutCacheCounts,
  id: 'aws_distro',
  source: '@aws/aws-distro-opentelemetry-node-autoinstrumentation@0.13.0',
  scopes: [
    '@aws/aws-distro-opentelemetry-instrumentation-langchain',
    '@aws/aws-distro-opentelemetry-instrumentation-openai-agents',
  ],
  operation: { ...withoutCacheCounts.operation, isRequired: true },
};
