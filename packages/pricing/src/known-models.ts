import { findProvider } from '@pydantic/genai-prices';

/** Providers of the package's data, which does not list them itself: makers first, then who resells. Hugging Face's entries repeat these. */
const PROVIDERS: readonly string[] = [
  'openai',
  'anthropic',
  'google',
  'x-ai',
  'mistral',
  'deepseek',
  'cohere',
  'moonshotai',
  'minimax',
  'perplexity',
  'voyageai',
  'zai',
  'zhipuai',
  'arcee',
  'aws',
  'azure',
  'avian',
  'baseten',
  'cerebras',
  'cloudflare',
  'cursor',
  'doubleword',
  'fireworks',
  'github-copilot',
  'groq',
  'modal',
  'novita',
  'openrouter',
  'ovhcloud',
  'quicksilverpro',
  'together',
  'typesafe',
];

/** A model that has a price. */
export interface KnownModel {
  readonly provider: string;
  readonly model: string;
}

/** The models that the catalogue lists, by the names of their price entries; it understands many more names than these. */
export function knownModels(): KnownModel[] {
  return PROVIDERS.flatMap((providerId) =>
    (findProvider({ providerId })?.models ?? []).map(({ id }) => ({ provider: providerId, model: id })),
  );
}
