import type { AttributeKeys, DialectContent } from './dialect.js';

/** Where an emitter puts content, beyond what the dialects say. */
export interface ContentCarrier {
  readonly id: string;
  /** Where the names were read: package and version. */
  readonly source: string;
  /** A span belongs to an LLM application when it carries any of these keys. */
  readonly markers: AttributeKeys;
  /** Whether content tells as much as a marker does. Not so for what any span may carry: a log message, copied baggage. */
  readonly contentMarks: boolean;
  readonly content: DialectContent;
}

const none: DialectContent = { keys: [], prefixes: [], safeKeys: [], mixedJsonKeys: [], events: [] };

const anthropicSdk: ContentCarrier = {
  id: 'anthropic_sdk',
  source: '@anthropic-ai/sdk@1.12.0',
  markers: [],
  contentMarks: true,
  content: { ...none, keys: ['anthropic.tool_result.content'] },
};

const traceloop: ContentCarrier = {
  id: 'traceloop',
  source: '@traceloop/ai-semantic-conventions@0.16.0 and @0.27.0',
  markers: ['traceloop.span.kind', 'traceloop.entity.name', 'traceloop.workflow.name', 'llm.request.type'],
  contentMarks: true,
  content: {
    ...none,
    keys: [
      'traceloop.entity.input',
      'traceloop.entity.output',
      'traceloop.prompt.template',
      // LangChain's own metadata, copied: the stop sequences and the request's parameters.
      'traceloop.association.properties.ls_stop',
      'traceloop.association.properties.ls_invocation_params',
      'gen_ai.guardrail.input',
      'gen_ai.guardrail.output',
      'gen_ai.guardrail.error.message',
      'gen_ai.response.revised_prompt',
      'llm.chat.stop_sequences',
      'mcp.response.value',
    ],
    prefixes: [
      'traceloop.prompt.template_variables.',
      'llm.completions.',
      'llm.request.functions.',
      'db.query.embeddings.',
      'db.query.result.',
      'db.vector.query.embeddings.',
      'db.vector.query.result.',
    ],
    safeKeys: [
      'db.vector.query.result.namespace',
      'db.vector.query.result.read_units',
      'db.vector.query.result.matches_length',
    ],
    events: ['logprobs', 'db.query.embeddings', 'db.query.result'],
  },
};

const vercelAi: ContentCarrier = {
  id: 'vercel_ai',
  source: 'ai@4.3.19, @5.0.277, @6.0.326, @7.0.173; @ai-sdk/otel@1.0.173; ai.result.*: ai@3',
  markers: ['ai.operationId', 'ai.model.id', 'ai.model.provider'],
  contentMarks: true,
  content: {
    ...none,
    keys: [
      'ai.request.text',
      'ai.response.text',
      'ai.response.toolCalls',
      'ai.response.object',
      'ai.response.reasoning',
      'ai.response.files',
      'ai.response.providerMetadata',
      'ai.result.text',
      'ai.result.toolCalls',
      'ai.result.object',
      'ai.toolCall.args',
      'ai.toolCall.result',
      'ai.value',
      'ai.values',
      'ai.embedding',
      'ai.embeddings',
      'ai.documents',
      'ai.ranking',
      'ai.decision.state',
      'ai.decision.questions',
      'ai.decision.answers',
    ],
    prefixes: ['ai.prompt.', 'ai.schema.', 'ai.request.headers.', 'ai.settings.'],
    safeKeys: [
      'ai.prompt.format',
      // Every option of a call becomes a setting: what is not known to be a mere setting is content.
      'ai.settings.aspectRatio',
      'ai.settings.frequencyPenalty',
      'ai.settings.maxOutputTokens',
      'ai.settings.maxParallelCalls',
      'ai.settings.maxRetries',
      'ai.settings.maxSteps',
      'ai.settings.maxTokens',
      'ai.settings.mode',
      'ai.settings.output',
      'ai.settings.presencePenalty',
      'ai.settings.seed',
      'ai.settings.size',
      'ai.settings.temperature',
      'ai.settings.timeout',
      'ai.settings.topK',
      'ai.settings.topP',
    ],
  },
};

const langfuse: ContentCarrier = {
  id: 'langfuse',
  source: '@langfuse/core, tracing, openai and langchain @5.11.1',
  markers: ['langfuse.observation.type', 'langfuse.observation.model.name'],
  contentMarks: true,
  content: {
    ...none,
    keys: [
      'langfuse.trace.name',
      'langfuse.trace.input',
      'langfuse.trace.output',
      'langfuse.observation.input',
      'langfuse.observation.output',
      'langfuse.observation.status_message',
      // Metadata that is no object comes under the bare key; by key it is the application's own and stays…
      'langfuse.trace.metadata',
      'langfuse.observation.metadata',
      // …save for what observeOpenAI and the LangChain handler put there by themselves.
      'langfuse.observation.metadata.error',
      'langfuse.observation.metadata.instructions',
      'langfuse.observation.metadata.response_format',
      'langfuse.observation.metadata.tools',
      'langfuse.observation.metadata.ls_stop',
      'langfuse.observation.metadata.ls_invocation_params',
      'langfuse.experiment.metadata',
      'langfuse.experiment.item.expected_output',
      'langfuse.experiment.item.metadata',
    ],
    mixedJsonKeys: ['langfuse.observation.model.parameters'],
  },
};

const openlit: ContentCarrier = {
  id: 'openlit',
  source: 'openlit@1.15.0',
  markers: ['gen_ai.application_name', 'gen_ai.sdk.version'],
  contentMarks: true,
  content: {
    ...none,
    keys: [
      'gen_ai.content.prompt',
      'gen_ai.content.completion',
      'gen_ai.content.revised_prompt',
      'gen_ai.content.reasoning',
      'gen_ai.tool.args',
      'gen_ai.tool.definition',
      'gen_ai.tool.input',
      'gen_ai.tool.output',
      'gen_ai.retrieval.query',
      'gen_ai.workflow.input',
      'gen_ai.workflow.output',
      'gen_ai.agent.action.tool_input',
      'gen_ai.agent.action.log',
      'gen_ai.agent.actions',
      'gen_ai.agent.evaluation',
      'gen_ai.agent.finish.output',
      'gen_ai.agent.finish.log',
      'gen_ai.agent.final_result',
      'gen_ai.agent.memory',
      'gen_ai.agent.next_goal',
      'gen_ai.agent.page_title',
      'gen_ai.agent.thinking',
      'gen_ai.action.error',
      'gen_ai.memory.metadata',
      'gen_ai.memory.search.query',
      'gen_ai.request.user',
      'gen_ai.response.description',
      'gen_ai.response.error',
      'gen_ai.response.title',
      'gen_ai.framework.error.message',
      'guard.explanation',
      'mcp.params',
      'mcp.result',
      'mcp.error.data',
      'mcp.error.message',
      'mcp.progress.message',
      'mcp.request.payload',
      'mcp.response.payload',
      'mcp.sampling.messages',
      'mcp.tool.arguments',
      'mcp.fastmcp.prompt.arguments',
      'mcp.fastmcp.server.instructions',
      'mcp.completion.argument_value',
      'mcp.completion.context_arguments',
      'mcp.completion.values',
    ],
    prefixes: ['gen_ai.response.image.'],
    events: ['gen_ai.tools.message'],
  },
};

const sentry: ContentCarrier = {
  id: 'sentry',
  source: '@sentry/server-utils@11.12.0, @sentry/conventions@0.32.0',
  markers: ['ai.model_id', 'gen_ai.function_id', 'langchain.chain.name'],
  contentMarks: true,
  content: {
    ...none,
    keys: [
      'gen_ai.embeddings.input',
      'gen_ai.memory.query.text',
      'gen_ai.memory.records',
      'gen_ai.request.available_tools',
      'gen_ai.request.messages',
      'gen_ai.request.schema',
      'gen_ai.response.object',
      'gen_ai.response.text',
      'gen_ai.response.tool_calls',
      'gen_ai.system.message',
      'gen_ai.tool.message',
      'ai.citations',
      'ai.documents',
      'ai.function_call',
      'ai.input_messages',
      'ai.metadata',
      'ai.preamble',
      'ai.prompt',
      'ai.responses',
      'ai.search_queries',
      'ai.search_results',
      'ai.texts',
      'ai.tool_calls',
      'ai.tools',
      'mcp.logging.message',
    ],
    prefixes: [
      'gen_ai.prompt.variable',
      'langchain.chain.inputs',
      'langchain.chain.outputs',
      'mcp.prompt.result.',
      'mcp.request.argument.',
      'mcp.tool.result.',
    ],
    safeKeys: [
      'mcp.prompt.result.message_count',
      'mcp.prompt.result.message_role',
      'mcp.tool.result.content_count',
      'mcp.tool.result.content_type',
      'mcp.tool.result.is_error',
    ],
  },
};

const logfire: ContentCarrier = {
  id: 'logfire',
  source: 'logfire@0.22.9, @pydantic/logfire-node@0.18.25',
  markers: [],
  contentMarks: false,
  content: { ...none, keys: ['logfire.msg', 'logfire.msg_template'], prefixes: ['baggage.'] },
};

const datadog: ContentCarrier = {
  id: 'datadog',
  source: 'dd-trace@5.132.0',
  markers: ['_ml_obs.meta.model_name', '_ml_obs.meta.model_provider'],
  contentMarks: true,
  content: {
    ...none,
    prefixes: ['_ml_obs.meta.'],
    safeKeys: ['_ml_obs.meta.model_name', '_ml_obs.meta.model_provider'],
  },
};

/** What redaction removes beyond the content of the dialects. An emitter that becomes a dialect moves there. */
export const contentCarriers: readonly ContentCarrier[] = [
  anthropicSdk,
  traceloop,
  vercelAi,
  langfuse,
  openlit,
  sentry,
  logfire,
  datadog,
];
