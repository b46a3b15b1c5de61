import { canary, marker } from './canaries.mjs';
import { modelOf, repliesOf, TOOL } from './replies.mjs';

const variants = [
  'plain',
  'streamed',
  'cached',
  'cached-streamed',
  'cached-little',
  'reasoning',
  'tools',
  'tools-cached',
  'chain',
  'error',
  'stream-error',
];
const anthropicVariants = [
  'cached-little-streamed',
  'cache-write',
  'cache-write-streamed',
  'cache-read-write',
];

/** LangChain's chat models, alone, with a tool, and in a chain of prompt, model and parser. */
export const scenarios = [
  ...variants.map((variant) => scenario('openai-chat', variant)),
  ...['plain', 'cached'].map((variant) => scenario('openai-responses', variant)),
  ...[...variants, ...anthropicVariants].map((variant) => scenario('anthropic', variant)),
];

function scenario(api, variant) {
  return {
    name: `${api}-${variant}`,
    api,
    variant,
    replies: repliesOf(api, variant),
    fails: variant.includes('error'),
    run: (langChain) => run(langChain, api, variant),
  };
}

async function run(langChain, api, variant) {
  const { messages: m, tools, prompts, parsers, callbacks } = langChain;
  const config = {
    callbacks,
    runName: 'answer-question',
    tags: [marker('Tag')],
    metadata: { feature: marker('Metadata'), userId: marker('User') },
  };
  const model = modelFor(langChain, api, modelOf(api, variant).requested, variant);
  if (variant === 'chain') {
    const prompt = prompts.ChatPromptTemplate.fromMessages([
      ['system', `You help. ${canary('System')}`],
      ['user', `Question ${canary('PromptTemplate')} {question}`],
    ]);
    const chain = prompt.pipe(model).pipe(new parsers.StringOutputParser());
    await chain.invoke({ question: canary('User') }, config);
    return;
  }
  const conversation = [
    new m.SystemMessage(`You help. ${canary('System')}`),
    new m.HumanMessage(`Question ${canary('User')}`),
  ];
  if (!/cach|tools/.test(variant))
    conversation.push(
      new m.AIMessage(`Earlier ${canary('Assistant')}`),
      new m.HumanMessage({
        content: [
          { type: 'text', text: `And ${canary('UserPart')}?` },
          { type: 'image_url', image_url: { url: `https://images.example/${canary('ImageUrl')}.png` } },
        ],
      }),
    );
  if (variant.includes('stream')) {
    for await (const chunk of await model.stream(conversation, config)) void chunk;
    return;
  }
  if (!variant.includes('tools')) {
    await model.invoke(conversation, config);
    return;
  }
  const lookup = tools.tool(async () => `Order ${canary('ToolResult')}`, {
    name: TOOL,
    description: canary('ToolDescription'),
    schema: {
      type: 'object',
      properties: { order: { type: 'string', description: canary('ToolParameter') } },
      required: ['order'],
    },
  });
  const withTools = model.bindTools([lookup]);
  for (;;) {
    const answer = await withTools.invoke(conversation, config);
    conversation.push(answer);
    if (!answer.tool_calls?.length) return;
    for (const call of answer.tool_calls) conversation.push(await lookup.invoke(call, config));
  }
}

function modelFor({ ChatOpenAI, ChatAnthropic, urls }, api, model, variant) {
  const headers = { 'x-canary': canary('Header') };
  const full = !/cach|tools|reasoning/.test(variant);
  if (api === 'anthropic')
    return new ChatAnthropic({
      model,
      apiKey: 'sk-ant-test',
      anthropicApiUrl: urls.anthropicBaseUrl,
      maxRetries: 0,
      maxTokens: variant === 'reasoning' ? 4000 : 400,
      clientOptions: { defaultHeaders: headers },
      ...(full && { temperature: 0.5, stopSequences: [canary('StopSequence')] }),
      ...(variant === 'reasoning' && { thinking: { type: 'enabled', budget_tokens: 2000 } }),
    });
  return new ChatOpenAI({
    model,
    apiKey: 'sk-test',
    maxRetries: 0,
    useResponsesApi: api === 'openai-responses',
    configuration: { baseURL: urls.openAiBaseUrl, defaultHeaders: headers },
    ...(full && { temperature: 0.5, maxTokens: 400, stop: [canary('StopSequence')] }),
  });
}
