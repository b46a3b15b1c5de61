import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** openlit, which writes the GenAI names with meanings of its own. */
export const openlit: Dialect = {
  ...genAi,
  id: 'openlit',
  source: 'openlit@1.15.0 (test/peers/FACTS.md)',
  scopes: ['@openlit/instrumentation-openai', '@openlit/instrumentation-anthropic'],
  isWhole: true,
  inputIncludesCached: { anthropic: 'no', others: 'yes' },
  inexact: [
    {
      because: 'counts an output token too many with Anthropic, and estimates what OpenAI did not report',
      streamed: true,
    },
  ],
  // `gen_ai.usage.cost` is a multiplication of its own, which leaves cached tokens out.
  cost: [],
};

/** Its LangChain handler estimates the input, though LangChain knows it: no price can be made of that. */
export const openlitLangChain: Dialect = {
  ...openlit,
  id: 'openlit_langchain',
  scopes: ['@openlit/instrumentation-langchain'],
  usage: { ...genAi.usage, inputTokens: [], outputTokens: [], total: [] },
};
