/** Packages that call LLMs, or run code that does. */
const packages: readonly string[] = [
  '@ai-sdk/*',
  '@anthropic-ai/*',
  '@aws-sdk/client-bedrock*',
  '@azure-rest/ai-inference',
  '@azure/ai-*',
  '@azure/openai',
  '@browserbasehq/stagehand',
  '@cloudflare/ai',
  '@copilotkit/*',
  '@effect/ai*',
  '@flue/*',
  '@genkit-ai/*',
  '@github/copilot-sdk',
  '@google-cloud/vertexai',
  '@google/adk',
  '@google/gemini-cli-core',
  '@google/genai',
  '@google/generative-ai',
  '@huggingface/inference',
  '@inngest/agent-kit',
  '@langchain/*',
  '@llamaindex/*',
  '@mastra/*',
  '@mistralai/mistralai',
  // The error of a tool quotes what the model passed to it.
  '@modelcontextprotocol/*',
  '@openai/*',
  '@openrouter/*',
  '@strands-agents/*',
  '@tanstack/ai*',
  '@voltagent/*',
  '@workflow/ai',
  'ai',
  'beeai-framework',
  'cohere-ai',
  'eve',
  'genkit',
  'groq-sdk',
  'langchain',
  'llamaindex',
  'ollama',
  'openai',
  'replicate',
  'together-ai',
];

// Also with the path separators of Windows.
const SEPARATOR = '[/\\\\]';
/** Created on first use. */
let inTheirFiles: RegExp | undefined;

function readPackages(): RegExp {
  const names = packages.map((name) => name.replace('/', SEPARATOR).replace('*', '[\\w.-]*'));
  return new RegExp(`node_modules${SEPARATOR}(?:${names.join('|')})${SEPARATOR}`);
}

/** Whether, according to its stack, an error was thrown in or through one of them: then it may quote a request or a response. */
export function isOfLlmLibrary(stack: unknown): boolean {
  inTheirFiles ??= readPackages();
  return typeof stack === 'string' && inTheirFiles.test(stack);
}
