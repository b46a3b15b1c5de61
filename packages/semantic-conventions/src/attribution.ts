import type { AttributeKeys } from './dialect.js';

/**
 * Who a call was made for: users, sessions, conversations. Set by the application's developer, so it is no content; but
 * it tells of persons.
 */
export const identifierKeys: AttributeKeys = [
  // OpenTelemetry, OpenInference, Langfuse, Sentry
  'session.id',
  'session.previous_id',
  'user.id',
  'user.email',
  'user.full_name',
  'user.hash',
  'user.name',
  'enduser.id',
  'enduser.pseudo.id',
  'gen_ai.conversation.id',
  'mcp.session.id',
  // Langfuse, older
  'langfuse.user.id',
  'langfuse.session.id',
  // openlit
  'gen_ai.request.user',
  'gen_ai.user.id',
  'gen_ai.agent.session_id',
  // Traceloop, from the request
  'llm.user',
  // Sentry, older
  'user.username',
  'user.ip_address',
  // Datadog
  '_ml_obs.session_id',
  // Genkit, Google ADK, Laminar, LangWatch, VoltAgent
  'genkit:sessionId',
  'gcp.vertex.agent.session_id',
  'lmnr.association.properties.session_id',
  'lmnr.association.properties.user_id',
  'langwatch.customer.id',
  'langwatch.thread.id',
  'langwatch.user.id',
  'conversation.id',
  'voltagent.conversation_id',
];

/** What else the developer attached to a call: tags and metadata, which may say anything. */
export const metadataKeys: AttributeKeys = [
  'metadata',
  'tag.tags',
  'braintrust.metadata',
  'braintrust.tags',
  'langfuse.trace.tags',
  'langsmith.metadata',
  'langsmith.span.tags',
  'langwatch.labels',
  'langwatch.langchain.run.metadata',
  'langwatch.langchain.run.tags',
  'lmnr.association.properties.tags',
  'mastra.tags',
];

export const metadataPrefixes: readonly string[] = [
  'metadata.',
  'tag.tags.',
  'ai.telemetry.metadata.',
  'langfuse.observation.metadata.',
  'langfuse.trace.metadata.',
  'langfuse.trace.tags.',
  'langwatch.langchain.run.metadata.',
  'lmnr.association.properties.metadata.',
  'mastra.metadata.',
  'traceloop.association.properties.',
];
