import { langChain } from '../child/langchain.mjs';
import { load } from '../child/load.mjs';

export const family = 'langchain';
export const node = 22;

export function prepare({ tracerProvider }) {
  const { LangChainInstrumentation } = load('@arizeai/openinference-instrumentation-langchain');
  const instrumentation = new LangChainInstrumentation({ tracerProvider });
  instrumentation.manuallyInstrument(load('@langchain/core/callbacks/manager'));
  return { connect: (urls) => langChain(urls) };
}
