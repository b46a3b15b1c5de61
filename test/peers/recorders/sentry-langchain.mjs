import { langChain } from '../child/langchain.mjs';
import { load } from '../child/load.mjs';
import { prepareSentry } from '../child/sentry.mjs';

export const family = 'langchain';
export const node = 22;

export function prepare() {
  const sentry = prepareSentry();
  const { createLangChainCallbackHandler } = load('@sentry/node');
  const recording = { recordInputs: true, recordOutputs: true };
  return { ...sentry, connect: (urls) => langChain(urls, [createLangChainCallbackHandler(recording)]) };
}
