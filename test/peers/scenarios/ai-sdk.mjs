import { z } from 'zod';
import { canary, marker } from './canaries.mjs';
import { modelOf, repliesOf, TOOL } from './replies.mjs';

const variants = [
  'plain',
  'streamed',
  'cached',
  'cached-streamed',
  'cached-little',
  'reasoning',
  'tier',
  'tools',
  'tools-streamed',
  'tools-cached',
  'object',
  'error',
  'stream-error',
];
const anthropicVariants = [
  'cached-little-streamed',
  'cache-write',
  'cache-write-streamed',
  'cache-write-1h',
  'cache-read-write',
];

/** The AI SDK's functions; what differs between its major versions is in `sdk`, the recorder's. */
export const scenarios = [
  ...variants.map((variant) => scenario('openai-chat', variant)),
  ...['plain', 'streamed', 'cached', 'reasoning', 'error'].map((variant) =>
    scenario('openai-responses', variant),
  ),
  ...[...variants, ...anthropicVariants].map((variant) => scenario('anthropic', variant)),
  {
    ...embeddings('plain'),
    run: (sdk) => sdk.ai.embed({ ...embedCall(sdk), value: `First ${canary('Embedded')}` }),
  },
  {
    ...embeddings('many'),
    run: (sdk) =>
      sdk.ai.embedMany({ ...embedCall(sdk), values: [canary('Embedded'), canary('EmbeddedToo')] }),
  },
];

function scenario(api, variant) {
  return {
    name: `${api}-${variant}`,
    api,
    variant,
    replies: repliesOf(api, variant),
    fails: variant.includes('error'),
    run: (sdk) => run(sdk, api, variant),
  };
}

async function run(sdk, api, variant) {
  const { ai, major } = sdk;
  const full = !/cach|tier|tools/.test(variant);
  const call = {
    model: modelFor(sdk, api, modelOf(api, variant).requested),
    system: `You help. ${canary('System')}`,
    messages: full ? conversation(major) : [{ role: 'user', content: `Question ${canary('User')}` }],
    headers: { 'x-canary': canary('Header') },
    maxRetries: 0,
    ...(variant !== 'reasoning' && { temperature: 0.5 }),
    [major === 4 ? 'maxTokens' : 'maxOutputTokens']: 400,
    ...(full && variant !== 'reasoning' && { stopSequences: [canary('StopSequence')] }),
    ...(variant.includes('tools') && tools(ai, major)),
    ...providerOptions(api, variant),
    ...sdk.telemetry(),
  };
  if (variant === 'object') {
    const schema = z.object({ answer: z.string().describe(canary('Schema')) });
    await ai.generateObject({
      ...call,
      schema,
      schemaName: 'answer',
      schemaDescription: canary('SchemaDescription'),
      // Version 4 would else have the object as the arguments of a tool.
      ...(major === 4 && { mode: 'json' }),
    });
  } else if (variant.includes('stream')) {
    let failure;
    const result = ai.streamText({
      ...call,
      onError: ({ error }) => {
        failure = error;
      },
    });
    for await (const part of result.fullStream) if (part.type === 'error') failure ??= part.error;
    if (failure !== undefined) throw failure;
  } else {
    await ai.generateText(call);
  }
}

function conversation(major) {
  const file =
    major === 4
      ? {
          type: 'file',
          data: Buffer.from('report'),
          filename: canary('FileName'),
          mimeType: 'application/pdf',
        }
      : {
          type: 'file',
          data: Buffer.from('report'),
          filename: canary('FileName'),
          mediaType: 'application/pdf',
        };
  return [
    { role: 'user', content: `Question ${canary('User')}` },
    { role: 'assistant', content: `Earlier ${canary('Assistant')}` },
    {
      role: 'user',
      content: [
        { type: 'text', text: `And ${canary('UserPart')}?` },
        // As data: some versions download a URL, and there is no such host.
        { type: 'image', image: `data:image/png;base64,iVBORw0KGgo${canary('ImageData')}` },
        file,
      ],
    },
  ];
}

function tools(ai, major) {
  const lookup = ai.tool({
    description: canary('ToolDescription'),
    [major === 4 ? 'parameters' : 'inputSchema']: z.object({
      order: z.string().describe(canary('ToolParameter')),
    }),
    execute: async () => `Order ${canary('ToolResult')}`,
  });
  return {
    tools: { [TOOL]: lookup },
    ...(major === 4 ? { maxSteps: 3 } : { stopWhen: ai.stepCountIs(3) }),
  };
}

function providerOptions(api, variant) {
  if (variant === 'tier') return { providerOptions: { openai: { serviceTier: 'flex' } } };
  if (variant === 'reasoning' && api === 'anthropic')
    return { providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2000 } } } };
  if (api !== 'anthropic' && variant === 'plain')
    return { providerOptions: { openai: { user: marker('User') } } };
  return {};
}

function modelFor({ openAi, anthropic }, api, id) {
  if (api === 'anthropic') return anthropic(id);
  return api === 'openai-chat' ? openAi.chat(id) : openAi.responses(id);
}

function embeddings(variant) {
  return {
    name: `openai-embeddings-${variant}`,
    api: 'openai-embeddings',
    variant,
    replies: repliesOf('openai-embeddings', variant),
    fails: false,
  };
}

function embedCall(sdk) {
  return {
    model:
      sdk.openAi.textEmbeddingModel?.('text-embedding-3-small') ??
      sdk.openAi.embedding('text-embedding-3-small'),
    headers: { 'x-canary': canary('Header') },
    maxRetries: 0,
    ...sdk.telemetry(),
  };
}
