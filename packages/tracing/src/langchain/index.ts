export { LlmTracingCallbackHandler } from './llm-tracing-callback-handler.js';
export type { LlmTracingCallbackHandlerOptions } from './options.js';
