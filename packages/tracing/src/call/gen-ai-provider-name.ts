import type { LlmCallIdentity } from './llm-call-identity.js';

/** Values of `gen_ai.provider.name` for providers that price lists spell differently. */
const genAiNames: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  aws: 'aws.bedrock',
  google: 'gcp.gen_ai',
  mistral: 'mistral_ai',
  moonshotai: 'moonshot_ai',
  xai: 'x_ai',
};

/** Platforms on which Claude has a different service than other models, as the spans of Anthropic's own clients name it. */
const anthropicNames: Readonly<Record<string, string>> = {
  azure: 'anthropic',
  google: 'gcp.vertex_ai',
};

export function genAiProviderName({ provider, vendor }: LlmCallIdentity): string {
  return (
    (vendor === 'anthropic' ? lookUp(anthropicNames, provider) : undefined) ??
    lookUp(genAiNames, provider) ??
    provider
  );
}

function lookUp(names: Readonly<Record<string, string>>, provider: string): string | undefined {
  return Object.hasOwn(names, provider) ? names[provider] : undefined;
}
