import { findProvider } from '@pydantic/genai-prices';

/** Providers in the package's data, which does not list them itself: makers first, then resellers. Hugging Face's entries repeat these. */
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

/** A model that has a price, as the catalogue names it. */
export interface KnownModel {
  readonly provider: string;
  readonly model: string;
}

/** The models of the price data, by the names of their price entries. The catalogue recognises many more names than these. */
export function knownModels(): KnownModel[] {
  return PROVIDERS.flatMap((providerId) =>
    (findProvider({ providerId })?.models ?? []).map(({ id }) => ({ provider: providerId, model: id })),
  );
}
