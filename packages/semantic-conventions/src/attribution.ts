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
];

/** What else the developer attached to a call: tags and metadata, which may say anything. */
export const metadataKeys: AttributeKeys = ['metadata', 'tag.tags', 'langfuse.trace.tags'];

export const metadataPrefixes: readonly string[] = [
  'metadata.',
  'tag.tags.',
  'ai.telemetry.metadata.',
  'langfuse.observation.metadata.',
  'langfuse.trace.metadata.',
  'langfuse.trace.tags.',
  'traceloop.association.properties.',
];
