/**
 * What may be missing behind redaction, of all that the peers were seen to write: all else must arrive as it was
 * sent. By hand, and not from the project's tables, which are what is tested. `*` is an index.
 */
export const content: ReadonlySet<string> = new Set([
  // OpenTelemetry GenAI, now and before
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'gen_ai.tool.description',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.request.stop_sequences',
  'gen_ai.prompt.*.content',
  'gen_ai.completion.*.content',
  'gen_ai.completion.*.tool_calls.*.arguments',
  'llm.request.functions.*.arguments',
  'llm.request.functions.*.description',
  // OpenInference
  'input.value',
  'output.value',
  'embedding.embeddings.*.embedding.text',
  'embedding.embeddings.*.embedding.vector',
  'llm.input_messages.*.message.content',
  'llm.input_messages.*.message.contents.*.message_content.image.image.url',
  'llm.input_messages.*.message.contents.*.message_content.text',
  'llm.input_messages.*.message.contents.*.tool_call.function.arguments',
  'llm.input_messages.*.message.tool_calls.*.tool_call.function.arguments',
  'llm.output_messages.*.message.content',
  'llm.output_messages.*.message.contents.*.message_content.signature',
  'llm.output_messages.*.message.contents.*.message_content.text',
  'llm.output_messages.*.message.contents.*.tool_call.function.arguments',
  'llm.output_messages.*.message.tool_calls.*.tool_call.function.arguments',
  'llm.prompt_template.template',
  'llm.prompt_template.variables',
  'llm.tools.*.tool.json_schema',
  // Traceloop
  'traceloop.entity.input',
  'traceloop.entity.output',
  // AI SDK
  'ai.embedding',
  'ai.embeddings',
  'ai.prompt',
  'ai.prompt.messages',
  'ai.prompt.tools',
  'ai.request.headers.x-canary',
  'ai.response.object',
  'ai.response.reasoning',
  'ai.response.text',
  'ai.response.toolCalls',
  'ai.schema',
  'ai.schema.description',
  'ai.settings.stopSequences',
  'ai.toolCall.args',
  'ai.toolCall.result',
  'ai.value',
  'ai.values',
  // Langfuse
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.observation.metadata.instructions',
  'langfuse.observation.metadata.response_format',
  'langfuse.observation.metadata.tools',
  'langfuse.observation.status_message',
  // openlit
  'gen_ai.tool.args',
  // Sentry
  'gen_ai.embeddings.input',
  'gen_ai.response.text',
  'gen_ai.response.tool_calls',
  'langchain.chain.inputs',
  'langchain.chain.outputs',
  // What quotes it
  'exception.message',
  'exception.stacktrace',
  'status.message',
]);

/** The same of JSON in which it stands beside what must arrive: the names that may be missing. */
export const contentInJson: Readonly<Record<string, readonly string[]>> = {
  'llm.invocation_parameters': [
    'instructions',
    'metadata',
    'prediction',
    'response_format.json_schema',
    'stop',
    'stop_sequences',
    'system',
    'text',
    'tools',
    'user',
  ],
  'langfuse.observation.model.parameters': ['stop', 'user'],
  'ai.response.providerMetadata': [],
  'ai.prompt.toolChoice': [],
};
