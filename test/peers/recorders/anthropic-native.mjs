import { anthropicClient } from '../child/clients.mjs';

export const family = 'clients';
export const supports = ({ api }) => api === 'anthropic';

export function prepare() {
  const openTelemetry = { traces: { enabled: true, contentMode: 'content' } };
  return { connect: (urls) => ({ anthropic: anthropicClient(urls, openTelemetry) }) };
}
