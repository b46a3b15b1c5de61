import { langChain } from '../../child/langchain.mjs';
import { load } from '../../child/load.mjs';

export const family = 'langchain';
export const node = 22;

export function prepare({ tracerProvider }) {
  const { LlmTracingCallbackHandler } = load('../../../packages/tracing/dist/langchain/index.js');
  const options = { tracerProvider, captureContent: true, conventions: ['llm', 'gen_ai'] };
  return { connect: (urls) => langChain(urls, [new LlmTracingCallbackHandler(options)]) };
}
