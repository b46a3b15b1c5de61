import { aiSdk } from '../child/ai-sdk.mjs';
import { load } from '../child/load.mjs';
import { marker } from '../scenarios/canaries.mjs';

export const family = 'ai-sdk';
export const node = 22;

export function prepare() {
  const { LangfuseVercelAiSdkIntegration } = load('@langfuse/vercel-ai-sdk');
  const telemetry = () => ({
    telemetry: {
      isEnabled: true,
      functionId: 'answer-question',
      integrations: [new LangfuseVercelAiSdkIntegration()],
    },
    runtimeContext: { feature: marker('Metadata') },
  });
  return { connect: (urls) => aiSdk(7, urls, telemetry) };
}
