import { isGateway, normalizeProvider } from './provider-names.js';

/** One way to read the name of a model. Without a provider, the model's name alone decides. */
export interface Reading {
  readonly provider: string | undefined;
  readonly model: string;
}

/** No model has a longer name. A longer one is misplaced content, and is not remembered. */
export const MAX_NAME_LENGTH = 512;

/** `a/a/a/…` could be read in as many ways as it has parts. */
const MAX_READINGS = 10;

/** The fine-tuned models of a family cost the same, but the catalogue knows them only by their dated base. */
const FINE_TUNED_BASES: ReadonlyMap<string, string> = new Map([
  ['ft:gpt-4o', 'ft:gpt-4o-2024-08-06'],
  ['ft:gpt-4o-mini', 'ft:gpt-4o-mini-2024-07-18'],
]);

/** Names that the catalogue knows under another one; without this its patterns would give a wrong price or none. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['claude-2.0', 'claude-2'],
  ['claude-2.1', 'claude-2'],
  ['gemini-1.5-flash-8b', 'gemini-flash-1.5-8b'],
  ['gemini-1.5-flash-8b-001', 'gemini-flash-1.5-8b'],
  ['gemini-1.5-flash-8b-latest', 'gemini-flash-1.5-8b'],
  ['gemini-3.1-pro-preview-customtools', 'gemini-3.1-pro-preview'],
  ['gemini-live-2.5-flash-native-audio', 'gemini-live-2.5-flash'],
  ['gemini-live-2.5-flash-preview-native-audio', 'gemini-live-2.5-flash'],
  ['gemini-live-2.5-flash-preview-native-audio-09-2025', 'gemini-live-2.5-flash'],
  // Azure's spelling, which the catalogue has only for the undated names.
  ['gpt-35-turbo-0125', 'gpt-3.5-turbo-0125'],
  ['gpt-35-turbo-0301', 'gpt-3.5-turbo-0301'],
  ['gpt-35-turbo-0613', 'gpt-3.5-turbo-0613'],
  ['gpt-35-turbo-1106', 'gpt-3.5-turbo-1106'],
  ['gpt-35-turbo-instruct', 'gpt-3.5-turbo-instruct'],
]);

/** Models that Bedrock also sells without their date (`us.anthropic.claude-haiku-4-5`); the catalogue has the dated names only. */
const BEDROCK_DATES: ReadonlyMap<string, string> = new Map([
  ['claude-haiku-4-5', '-20251001'],
  ['claude-opus-4-1', '-20250805'],
  ['claude-sonnet-4-5', '-20250929'],
]);

/** Makers of models that the package does not find by their name alone (`text-embedding-3-small`, `sonar-pro`), or lacks (`deepseek-flash`). */
const MAKERS: readonly string[] = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'cohere',
  'perplexity',
  'deepseek',
  'x-ai',
];

const BEDROCK_ARN = /^arn:aws[\w-]*:bedrock:.*[/:](?:foundation-model|inference-profile)\/([^/]+)$/;
/** Geographies of cross-region inference; not `global`, which has its own prices. */
const BEDROCK_GEOGRAPHY = /^(?:us|us-gov|eu|apac|au|ca|in|jp|sa)\.(?=[a-z0-9]+\.)/;
/**
 * `us.anthropic.claude-…-v1:0`, `amazon.nova-…`: nobody else joins the maker to the model's name by a dot. (The AI SDK
 * joins it to the name of an API: `anthropic.messages:claude-…`.)
 */
const BEDROCK_ID =
  /^(?:(?:global|us|us-gov|eu|apac|au|ca|in|jp|sa)\.)?(?:amazon|anthropic|cohere|deepseek|google|meta|mistral|nvidia|openai|qwen|writer)\.[a-z][^:]*(?::\d|$)/;
const GOOGLE_RESOURCE = /^(?:projects|publishers|models|tunedmodels)\/(?:.*\/)?([^/]+)$/;

/**
 * Every reading of a provider's and a model's name that is worth a look-up, the most literal first.
 *
 * @param provider - as the caller spells it; empty for none
 */
export function* readingsOf(provider: string, model: string): Generator<Reading> {
  const seller = provider.trim() === '' ? undefined : normalizeProvider(provider);
  let count = 0;
  for (const reading of readings(seller, model.trim().toLowerCase())) {
    yield reading;
    count += 1;
    if (count >= MAX_READINGS) return;
  }
}

function* readings(seller: string | undefined, model: string): Generator<Reading> {
  const passesOn = seller === undefined || isGateway(seller);
  const provider = passesOn ? undefined : seller;
  const renamed = RENAMED.get(model);
  if (renamed !== undefined) {
    yield { provider, model: renamed };
    return;
  }
  yield { provider, model };

  const bedrockId = BEDROCK_ARN.exec(model)?.[1];
  if (bedrockId !== undefined) {
    yield* readings('aws', bedrockId);
    return;
  }
  // Only the names distinguish Anthropic's client for Bedrock from its client for Anthropic.
  if ((passesOn || seller === 'anthropic') && BEDROCK_ID.test(model)) {
    yield* readings('aws', model);
    return;
  }
  if (provider === 'aws') {
    const named = withBedrockDate(model);
    if (named !== model) yield { provider, model: named };
    yield { provider, model: named.replace(BEDROCK_GEOGRAPHY, '') };
  }

  const googleId = GOOGLE_RESOURCE.exec(model)?.[1];
  if (googleId !== undefined) {
    yield* readings(provider ?? 'google', googleId);
    return;
  }

  if (model.startsWith('ft:')) {
    // ft:<base>:<organisation>:<suffix>:<id>
    const base = model.split(':', 2).join(':');
    yield { provider: provider ?? 'openai', model: FINE_TUNED_BASES.get(base) ?? base };
    return;
  }
  const azureFineTuned = model.indexOf('.ft-');
  if (azureFineTuned > 0) yield { provider, model: model.slice(0, azureFineTuned + '.ft-'.length) };

  const [, prefix, rest] = /^([a-z0-9_.-]+)[/:](.+)$/.exec(model) ?? [];
  if (prefix === undefined || rest === undefined) {
    if (provider === undefined) for (const maker of MAKERS) yield { provider: maker, model };
    return;
  }
  const named = normalizeProvider(prefix);
  // Most gateways are called with an OpenAI client, so that "openai" does not contradict another maker.
  if (passesOn || named === seller || (seller === 'openai' && model.includes('/')))
    yield* readings(named, rest);
}

function withBedrockDate(model: string): string {
  return model + (BEDROCK_DATES.get(model.slice(model.lastIndexOf('.') + 1)) ?? '');
}
