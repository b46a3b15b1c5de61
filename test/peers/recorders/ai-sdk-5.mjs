import { aiSdk, experimentalTelemetry } from '../child/ai-sdk.mjs';

export const family = 'ai-sdk';

export function prepare() {
  return { connect: (urls) => aiSdk(5, urls, experimentalTelemetry) };
}
