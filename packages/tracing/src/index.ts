export type { LlmConvention } from './conventions.js';
export type {
  LlmCallRecorder,
  LlmChunkInfo,
  LlmRequestInfo,
  LlmResponseInfo,
  LlmRetryInfo,
  LlmUsageInfo,
} from './llm-call-recorder.js';
export type { LlmMessage, LlmMessagePart, LlmOutputMessage } from './llm-message.js';
export type {
  LlmCallOptions,
  TelemetryOptions,
  TracerOptions,
  WrapOpenAIOptions,
  WrapOptions,
} from './options.js';
export { traceLlmCall } from './trace-llm-call.js';
export { type LlmStreamOptions, traceLlmStream } from './trace-llm-stream.js';
export { wrapAnthropic } from './wrap-anthropic.js';
export { wrapOpenAI } from './wrap-openai.js';
