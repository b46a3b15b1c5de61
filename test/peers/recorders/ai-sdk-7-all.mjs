import { aiSdk } from '../child/ai-sdk.mjs';
import { load } from '../child/load.mjs';
import { marker } from '../scenarios/canaries.mjs';

export const family = 'ai-sdk';
export const node = 22;

export function prepare() {
  const { OpenTelemetry } = load('@ai-sdk/otel');
  const telemetry = () => ({
    telemetry: {
      isEnabled: true,
      functionId: 'answer-question',
      integrations: [
        new OpenTelemetry({
          usage: true,
          providerMetadata: true,
          embedding: true,
          headers: true,
          toolChoice: true,
          schema: true,
          runtimeContext: true,
        }),
      ],
    },
    runtimeContext: { feature: marker('Metadata') },
  });
  return { connect: (urls) => aiSdk(7, urls, telemetry) };
}
