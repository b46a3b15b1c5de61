import { langChain } from '../child/langchain.mjs';
import { load } from '../child/load.mjs';
import { marker } from '../scenarios/canaries.mjs';

export const family = 'langchain';
export const node = 22;

export function prepare() {
  const { CallbackHandler } = load('@langfuse/langchain');
  const params = { userId: marker('User'), sessionId: marker('Session'), tags: [marker('Tag')] };
  return { connect: (urls) => langChain(urls, [new CallbackHandler(params)]) };
}
