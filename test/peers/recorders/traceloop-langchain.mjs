import { langChain } from '../child/langchain.mjs';
import { load } from '../child/load.mjs';

export const family = 'langchain';
export const node = 22;

export function prepare({ tracerProvider }) {
  const { LangChainInstrumentation } = load('@traceloop/instrumentation-langchain');
  const instrumentation = new LangChainInstrumentation();
  instrumentation.setTracerProvider(tracerProvider);
  instrumentation.manuallyInstrument({ callbackManagerModule: load('@langchain/core/callbacks/manager') });
  return { connect: (urls) => langChain(urls) };
}
