import { asString } from '../json.js';
import type { ServerAddress } from '../start-call-span.js';

/** Provider by the host's name, or its end, spelled as price lists spell it; the first that fits. */
const providersByHost: readonly (readonly [host: string | RegExp, provider: string])[] = [
  ['api.openai.com', 'openai'],
  ['api.anthropic.com', 'anthropic'],
  ['.openai.azure.com', 'azure'],
  ['.services.ai.azure.com', 'azure'],
  ['.cognitiveservices.azure.com', 'azure'],
  // Foundry's, for Claude.
  ['.azure.anthropic.com', 'azure'],
  // Anthropic's own platform, which AWS only charges for.
  [/^aws-external-anthropic\..+\.api\.aws$/, 'anthropic'],
  ['.api.aws', 'aws'],
  ['.amazonaws.com', 'aws'],
  ['.googleapis.com', 'google'],
  ['api.x.ai', 'xai'],
  ['api.groq.com', 'groq'],
  ['api.mistral.ai', 'mistral'],
  ['api.deepseek.com', 'deepseek'],
  ['api.together.xyz', 'together'],
  ['api.together.ai', 'together'],
  ['openrouter.ai', 'openrouter'],
  ['api.fireworks.ai', 'fireworks'],
  ['api.perplexity.ai', 'perplexity'],
  ['api.cerebras.ai', 'cerebras'],
  ['api.cohere.ai', 'cohere'],
  ['api.cohere.com', 'cohere'],
  ['api.moonshot.ai', 'moonshotai'],
  ['api.moonshot.cn', 'moonshotai'],
  ['api.minimax.io', 'minimax'],
  ['api.minimaxi.com', 'minimax'],
  ['api.z.ai', 'zai'],
  ['open.bigmodel.cn', 'zhipuai'],
  ['api.novita.ai', 'novita'],
  ['inference.baseten.co', 'baseten'],
  ['ollama.com', 'ollama'],
];

/** The port that Ollama listens on, wherever it runs. */
const OLLAMA_PORT = '11434';

/** The server to which requests to a base URL go. */
export function serverOfBaseUrl(baseUrl: unknown): ServerAddress | undefined {
  const text = asString(baseUrl);
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { hostname, port, protocol } = new URL(text);
  return { address: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) };
}

/** Whose API a base URL is, `undefined` for a host that is not known (a proxy, a test server). */
export function providerOfBaseUrl(baseUrl: unknown): string | undefined {
  const text = asString(baseUrl);
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { hostname, port } = new URL(text);
  if (port === OLLAMA_PORT) return 'ollama';
  return providersByHost.find(([host]) => {
    if (typeof host !== 'string') return host.test(hostname);
    return host.startsWith('.') ? hostname.endsWith(host) : hostname === host;
  })?.[1];
}
