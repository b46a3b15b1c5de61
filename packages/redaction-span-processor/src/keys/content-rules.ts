/** Content beyond what the dialects list. Data only. */

/**
 * Error texts and copies of the request: on the span of an LLM call they quote its content.
 * `status.message` stands for the message of the span's status.
 */
export const quotingKeys: readonly string[] = [
  'status.message',
  'otel.status_description',
  'exception.message',
  'exception.stacktrace',
  // Latitude's, and VoltAgent's.
  'exception.data',
  'error.original',
  'error.message',
  'error.msg',
  'error.object',
  'error.stack',
  'error.response_text',
  'code.stacktrace',
  'url.fragment',
  'url.query',
  // Of a log record, unless it is a map.
  'body',
  // Strands, Mastra, VoltAgent and Langtrace put it under uninformative names.
  'content',
  'db.query',
  'db.response',
  'input',
  'output',
  'system_prompt',
];
export const quotingPrefixes: readonly string[] = [
  'http.request.header.',
  // Trigger.dev's, the beginning of what the user wrote.
  '$style.accessory.',
];

/**
 * Free text or secrets by nature, on any span or resource: commands that a user typed (which the conventions require to be
 * left out), bodies of requests and responses, and credentials.
 */
export const secretKeys: readonly string[] = [
  'process.command_args',
  'process.command_line',
  'container.command_args',
  'container.command_line',
  'http.request.body',
  'http.request.body.content',
  'http.request.body.text',
  'http.response.body',
  'http.response.body.content',
  'http.response.body.text',
  'http.request.header.authorization',
  'http.request.header.proxy-authorization',
  'http.request.header.cookie',
  'http.request.header.x-api-key',
  'http.request.header.api-key',
  'http.request.header.x-goog-api-key',
  'http.request.header.ocp-apim-subscription-key',
  'http.request.header.x-amz-security-token',
  'http.request.header.x-auth-token',
  'http.request.header.x-access-token',
  // Of gateways to LLMs: Cloudflare, Helicone, LiteLLM, Portkey.
  'http.request.header.cf-aig-authorization',
  'http.request.header.helicone-auth',
  'http.request.header.x-litellm-api-key',
  'http.request.header.x-portkey-api-key',
  'http.response.header.set-cookie',
];

/** URLs: on the span of an LLM call, what follows the path may be the prompt. */
export const urlKeys: readonly string[] = ['url.full', 'url.original', 'http.url', 'http.target'];

/** Those of the above that hold error texts, which occur again on parent spans that record the same error. */
export const errorTextKeys: ReadonlySet<string> = new Set([
  'status.message',
  'otel.status_description',
  'exception.message',
  'error.message',
  'error.response_text',
  'llm.error.message',
]);

/** The class of the error, which is no content: a status message that repeats it stays. */
export const errorTypeKeys: readonly string[] = ['error.type', 'llm.error.type'];

/** Where the AI SDK reports a broken stream, with the value `error`. */
export const finishReasonKey = 'ai.response.finishReason';

/** Keys that stay in a span event that carries content, like what a dialect lists as metadata. Everything else in it is content. */
export const safeEventKeys: readonly string[] = [
  'error.type',
  'event.name',
  'exception.escaped',
  'exception.type',
  'gen_ai.evaluation.name',
  'gen_ai.evaluation.score.label',
  'gen_ai.evaluation.score.value',
  'gen_ai.response.finish_reasons',
  'gen_ai.response.id',
  'server.address',
  'server.port',
];
/** The same for names that are only meaningful there: an application's own `id` is an attribute like any other. */
export const safeNamesInEvents: readonly string[] = ['finish_reason', 'id', 'index', 'role'];

/** On the span of an LLM call, JSON of the application's metadata, into which LangChain mixes the request's parameters. */
export const metadataJsonKeys: readonly string[] = [
  'metadata',
  'langsmith.metadata',
  'langwatch.langchain.run.metadata',
];
export const contentNamesInMetadata: readonly string[] = ['ls_stop', 'ls_invocation_params'];

/** A number with such a name is a count, wherever it is. */
export const countName: RegExp = /tokens$/i;

/** Settings of a request that stay when their value is a number, a boolean or null. */
export const safeSettings: ReadonlySet<string> = new Set([
  'background',
  'best_of',
  'budget_tokens',
  'budgetTokens',
  'candidateCount',
  'cost',
  'dimensions',
  'echo',
  'frequency_penalty',
  'frequencyPenalty',
  'include_usage',
  'includeThoughts',
  'logprobs',
  'max_completion_tokens',
  'max_gen_len',
  'max_output_tokens',
  'max_retries',
  'max_tokens',
  'max_tokens_to_sample',
  'max_tool_calls',
  'maxCompletionTokens',
  'maxOutputTokens',
  'maxRetries',
  'maxTokenCount',
  'maxTokens',
  'min_p',
  'n',
  'num_ctx',
  'num_predict',
  'parallel_tool_calls',
  'presence_penalty',
  'presencePenalty',
  'random_seed',
  'repetition_penalty',
  'safe_prompt',
  'seed',
  'store',
  'stream',
  'streaming',
  'strict',
  'temperature',
  'thinkingBudget',
  'timeout',
  'top_k',
  'top_logprobs',
  'top_p',
  'topK',
  'topLogprobs',
  'topP',
]);

/** Settings of a request, and facts of a response, that stay when their value is a name: a short string. */
export const safeNames: ReadonlySet<string> = new Set([
  'anthropic_version',
  'effort',
  'encoding_format',
  'inference_geo',
  'model',
  'model_name',
  'modelId',
  'modelName',
  'prompt_cache_retention',
  'quality',
  'reasoning_effort',
  'response_mime_type',
  'responseId',
  'responseMimeType',
  'service_tier',
  'serviceTier',
  'size',
  'speed',
  'summary',
  'thinking_level',
  'thinkingLevel',
  'tool_choice',
  'toolName',
  'truncation',
  'type',
  'verbosity',
]);

/** JSON of settings, or of a provider's metadata about a call. */
export const settingGroups: ReadonlySet<string> = new Set([
  'anthropic',
  'azure',
  'bedrock',
  'cache_creation',
  'config',
  'generation_config',
  'generationConfig',
  'google',
  'inferenceConfig',
  'input_tokens_details',
  'openai',
  'openrouter',
  'output_config',
  'output_tokens_details',
  'reasoning',
  'response_format',
  'stream_options',
  'textGenerationConfig',
  'thinking',
  'thinkingConfig',
  'usage',
  'usageMetadata',
  'vertex',
]);
