/** What `gen_ai.provider.name` calls providers that price lists spell otherwise. */
const genAiNames: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  aws: 'aws.bedrock',
  google: 'gcp.gen_ai',
  mistral: 'mistral_ai',
  moonshotai: 'moonshot_ai',
  xai: 'x_ai',
};

export function genAiProviderName(provider: string): string {
  return Object.hasOwn(genAiNames, provider) ? (genAiNames[provider] ?? provider) : provider;
}
