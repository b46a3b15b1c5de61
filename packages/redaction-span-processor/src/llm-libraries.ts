/** Packages that call LLMs, or run what calls them. */
const packages: readonly string[] = [
  '@ai-sdk/*',
  '@anthropic-ai/*',
  '@aws-sdk/client-bedrock*',
  '@azure-rest/ai-inference',
  '@azure/ai-*',
  '@azure/openai',
  '@cloudflare/ai',
  '@copilotkit/*',
  '@effect/ai*',
  '@genkit-ai/*',
  '@github/copilot-sdk',
  '@google-cloud/vertexai',
  '@google/adk',
  '@google/genai',
  '@google/generative-ai',
  '@huggingface/inference',
  '@inngest/agent-kit',
  '@langchain/*',
  '@llamaindex/*',
  '@mastra/*',
  '@mistralai/mistralai',
  // An error of a tool quotes what the model asked of it.
  '@modelcontextprotocol/*',
  '@openai/*',
  '@openrouter/*',
  '@strands-agents/*',
  '@tanstack/ai*',
  '@voltagent/*',
  'ai',
  'beeai-framework',
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
/** Made when it is first needed. */
let inTheirFiles: RegExp | undefined;

function readPackages(): RegExp {
  const names = packages.map((name) => name.replace('/', SEPARATOR).replace('*', '[\\w.-]*'));
  return new RegExp(`node_modules${SEPARATOR}(?:${names.join('|')})${SEPARATOR}`);
}

/** Whether an error was thrown in or through one of them, as its stack tells: then it may quote what was sent or came back. */
export function isOfLlmLibrary(stack: unknown): boolean {
  inTheirFiles ??= readPackages();
  return typeof stack === 'string' && inTheirFiles.test(stack);
}
