import { langChain } from '../child/langchain.mjs';
import { load } from '../child/load.mjs';
import { prepareOpenlit } from '../child/openlit.mjs';

export const family = 'langchain';
export const node = 22;

export function prepare({ tracerProvider }) {
  prepareOpenlit('langchain', tracerProvider).manualPatch(load('@langchain/core/callbacks/manager'));
  return { connect: (urls) => langChain(urls) };
}
