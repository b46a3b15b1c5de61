/** Packages that call LLMs, or run what calls them. */
const packages: readonly string[] = [
  '@ai-sdk/*',
  '@anthropic-ai/*',
  '@aws-sdk/client-bedrock*',
  '@genkit-ai/*',
  '@google-cloud/vertexai',
  '@google/adk',
  '@google/genai',
  '@google/generative-ai',
  '@huggingface/inference',
  '@langchain/*',
  '@llamaindex/*',
  '@mastra/*',
  '@mistralai/mistralai',
  '@openai/*',
  '@openrouter/*',
  '@strands-agents/*',
  '@voltagent/*',
  'ai',
  'cohere-ai',
  'genkit',
  'groq-sdk',
  'langchain',
  'llamaindex',
  'ollama',
  'openai',
  'replicate',
  'together-ai',
];

// Of Windows, too.
const SEPARATOR = '[/\\\\]';
const names = packages.map((name) => name.replace('/', SEPARATOR).replace('*', '[\\w.-]*'));
const inTheirFiles = new RegExp(`node_modules${SEPARATOR}(?:${names.join('|')})${SEPARATOR}`);

/** Whether an error was thrown in or through one of them, as its stack tells: then it may quote what was sent or came back. */
export function isOfLlmLibrary(stack: unknown): boolean {
  return typeof stack === 'string' && inTheirFiles.test(stack);
}
