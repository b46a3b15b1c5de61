/** A namespace of attributes: `llm` is the contract of this project, `gen_ai` OpenTelemetry's GenAI conventions. */
export type LlmConvention = 'llm' | 'gen_ai';

export const conventionNames: readonly LlmConvention[] = ['llm', 'gen_ai'];

/** Which namespaces a span is written in. */
export interface Conventions {
  readonly llm: boolean;
  readonly genAi: boolean;
}

const onlyLlm: Conventions = { llm: true, genAi: false };

export function resolveConventions(names: readonly LlmConvention[] | undefined): Conventions {
  // Every traced call comes by here, so a wrong value is not thrown at.
  if (!Array.isArray(names)) return onlyLlm;
  const genAi = names.includes('gen_ai');
  return { llm: !genAi || names.includes('llm'), genAi };
}
