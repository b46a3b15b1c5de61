/**
 * Other names of the catalogue's providers. Sources: `gen_ai.provider.name` and `gen_ai.system` of the
 * OpenTelemetry GenAI conventions, `ls_provider` of LangChain, the AI SDK's provider ids, LiteLLM's prefixes.
 */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  aws: ['amazon', 'amazon-bedrock', 'amazon_bedrock', 'aws_bedrock', 'bedrock', 'bedrock_converse'],
  azure: ['az', 'azure_ai', 'azure-ai', 'azure-openai', 'azure_openai', 'microsoft'],
  fireworks: ['fireworks_ai', 'fireworks-ai'],
  'github-copilot': ['copilot', 'github_copilot'],
  google: [
    'gcp',
    'gemini',
    'google-vertex',
    'google_genai',
    'google_vertexai',
    'vertex',
    'vertex_ai',
    'vertexai',
  ],
  mistral: ['mistral_ai', 'mistralai'],
  moonshotai: ['moonshot', 'moonshot_ai'],
  perplexity: ['perplexity_ai'],
  together: ['together-ai', 'together_ai', 'togetherai'],
  voyageai: ['voyage', 'voyage_ai'],
  'x-ai': ['grok', 'x_ai', 'xai'],
  zai: ['z.ai', 'z_ai'],
  zhipuai: ['zhipu', 'zhipu_ai'],
};

const canonical = new Map(
  Object.entries(OTHER_NAMES).flatMap(([provider, names]) => names.map((name) => [name, provider])),
);

/** Gateways pass calls on to other providers, which the model's name identifies (`anthropic/claude-sonnet-4-5`). */
const GATEWAYS: ReadonlySet<string> = new Set([
  'ai-gateway',
  'gateway',
  'litellm',
  'litellm_proxy',
  'portkey',
  'vercel',
]);

/** A provider's name as the catalogue spells it; an unknown name is only trimmed and converted to lower case. */
export function normalizeProvider(name: string): string {
  const spelled = name.trim().toLowerCase();
  const exact = canonical.get(spelled);
  if (exact !== undefined) return exact;
  // `openai.responses`, `xai.chat`, `aws.bedrock`, `gcp.gen_ai`: what follows is the API, not the seller.
  const head = spelled.split('.', 1)[0] ?? spelled;
  return canonical.get(head) ?? head;
}

export function isGateway(provider: string): boolean {
  return GATEWAYS.has(provider);
}
