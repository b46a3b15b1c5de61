import { aiSdk, experimentalTelemetry } from '../child/ai-sdk.mjs';

export const family = 'ai-sdk';
// Its provider for Anthropic makes objects with a tool only.
export const supports = ({ name }) => name !== 'anthropic-object';

export function prepare() {
  return { connect: (urls) => aiSdk(4, urls, experimentalTelemetry) };
}
