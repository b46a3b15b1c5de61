// An application that traces LangChain's runs itself, as an ES module.
import { ChatAnthropic } from '@langchain/anthropic';
import { RunnableMap } from '@langchain/core/runnables';
import { ChatOpenAI } from '@langchain/openai';
import { LlmTracingCallbackHandler } from '@llm-otel/tracing/langchain';
import { makeCalls } from './make-langchain-calls.cjs';

const modules = { ChatAnthropic, ChatOpenAI, LlmTracingCallbackHandler, RunnableMap };
console.log(JSON.stringify(await makeCalls(modules)));
