// The same application, as CommonJS.
const { ChatAnthropic } = require('@langchain/anthropic');
const { RunnableMap } = require('@langchain/core/runnables');
const { ChatOpenAI } = require('@langchain/openai');
const { LlmTracingCallbackHandler } = require('@llm-otel/tracing/langchain');
const { makeCalls } = require('./make-langchain-calls.cjs');

makeCalls({ ChatAnthropic, ChatOpenAI, LlmTracingCallbackHandler, RunnableMap }).then((result) =>
  console.log(JSON.stringify(result)),
);
