import { load } from './load.mjs';

/** What the LangChain scenarios use; loaded only now, after a recorder has patched what it patches. */
export function langChain(urls, callbacks = []) {
  return {
    urls,
    callbacks,
    ...load('@langchain/openai'),
    ...load('@langchain/anthropic'),
    messages: load('@langchain/core/messages'),
    tools: load('@langchain/core/tools'),
    prompts: load('@langchain/core/prompts'),
    parsers: load('@langchain/core/output_parsers'),
    retrievers: load('@langchain/core/retrievers'),
    testing: load('@langchain/core/utils/testing'),
  };
}
