import { findProvider, type MatchLogic, type ModelInfo } from '@pydantic/genai-prices';

/** Every provider of @pydantic/genai-prices 0.1.8, which has no function that lists them. */
const providerIds = [
  'anthropic arcee avian aws azure baseten cerebras cloudflare cohere cursor deepseek doubleword fireworks',
  'github-copilot google groq huggingface_cerebras huggingface_fireworks-ai huggingface_groq',
  'huggingface_hyperbolic huggingface_nebius huggingface_novita huggingface_nscale huggingface_ovhcloud',
  'huggingface_publicai huggingface_sambanova huggingface_together minimax mistral modal moonshotai novita',
  'openai openrouter ovhcloud perplexity quicksilverpro together typesafe voyageai x-ai zai zhipuai',
]
  .join(' ')
  .split(' ');

export interface KnownName {
  readonly provider: string;
  readonly model: ModelInfo;
  readonly name: string;
}

/** Every name that the package lists literally, with its provider. */
export const allNames: readonly KnownName[] = providerIds.flatMap((providerId) => {
  const provider = findProvider({ providerId });
  if (provider === undefined) throw new Error(`no provider ${providerId}`);
  return provider.models.flatMap((model) =>
    [...new Set([model.id, ...spelledOut(model.match)])].map((name) => ({
      provider: provider.id,
      model,
      name,
    })),
  );
});

function spelledOut(logic: MatchLogic): string[] {
  if ('or' in logic) return logic.or.flatMap(spelledOut);
  if ('and' in logic) return logic.and.flatMap(spelledOut);
  return 'equals' in logic ? [logic.equals] : [];
}
