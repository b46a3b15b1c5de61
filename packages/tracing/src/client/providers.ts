import type { ServerAddress } from '../call/llm-call-identity.js';
import { asString } from '../unknown-values.js';

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
  const url = parse(baseUrl);
  if (url === undefined) return undefined;
  return { address: url.hostname, port: portOf(url) };
}

/** Whose API a base URL is, `undefined` for a host that is not known (a proxy, a test server). */
export function providerOfBaseUrl(baseUrl: unknown): string | undefined {
  const url = parse(baseUrl);
  if (url === undefined) return undefined;
  if (url.port === OLLAMA_PORT) return 'ollama';
  return providersByHost.find(([host]) =>
    typeof host === 'string' ? fits(url, host) : host.test(url.hostname),
  )?.[1];
}

/** The provider that the application names for the host of a base URL. */
export function namedProvider(
  baseUrl: unknown,
  providers: Readonly<Record<string, string>> | undefined,
): string | undefined {
  const url = providers === undefined ? undefined : parse(baseUrl);
  if (providers === undefined || url === undefined) return undefined;
  const host = Object.keys(providers).find((each) => fits(url, each.toLowerCase()));
  return host === undefined ? undefined : asString(providers[host]);
}

function parse(baseUrl: unknown): URL | undefined {
  const text = asString(baseUrl);
  if (text === undefined) return undefined;
  try {
    // `URL.canParse` is missing where a test's DOM has replaced Node's class.
    return new URL(text);
  } catch {
    return undefined;
  }
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'http:' ? 80 : 443);
}

/** @param host - a name, with or without a port, or the end of names */
function fits(url: URL, host: string): boolean {
  const names = [url.hostname, `${url.hostname}:${portOf(url)}`];
  return names.some((name) => (host.startsWith('.') ? name.endsWith(host) : name === host));
}
