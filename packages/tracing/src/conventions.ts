/** An attribute namespace: `llm` is the contract of this project, `gen_ai` stands for OpenTelemetry's GenAI conventions. */
export type LlmConvention = 'llm' | 'gen_ai';

export const conventionNames: readonly LlmConvention[] = ['llm', 'gen_ai'];

/** The namespaces in which a span is written. */
export interface Conventions {
  readonly llm: boolean;
  readonly genAi: boolean;
}

const onlyLlm: Conventions = { llm: true, genAi: false };

export function resolveConventions(names: readonly LlmConvention[] | undefined): Conventions {
  // This is on the path of every traced call, so a wrong value does not throw.
  if (!Array.isArray(names)) return onlyLlm;
  const genAi = names.includes('gen_ai');
  return { llm: !genAi || names.includes('llm'), genAi };
}
