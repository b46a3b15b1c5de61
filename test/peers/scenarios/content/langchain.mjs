import { canary, marker } from '../canaries.mjs';
import { modelOf } from '../replies.mjs';

export const scenarios = [
  {
    name: 'retriever',
    replies: [],
    run: (langChain) => {
      const { BaseRetriever } = langChain.retrievers;
      class Shelf extends BaseRetriever {
        lc_namespace = ['shelf'];
        async _getRelevantDocuments() {
          return [
            {
              pageContent: `Page ${canary('RetrievedDocument')}`,
              metadata: { source: canary('DocumentSource'), score: 0.75 },
            },
          ];
        }
      }
      return new Shelf().invoke(`Question ${canary('RetrieverQuery')}`, config(langChain));
    },
  },
  {
    name: 'completion',
    replies: [],
    run: (langChain) => {
      const { FakeLLM } = langChain.testing;
      const model = new FakeLLM({ response: `Hello ${canary('CompletionReply')}` });
      return model.invoke(`Question ${canary('CompletionPrompt')}`, config(langChain));
    },
  },
  {
    name: 'tool-error',
    replies: [],
    fails: true,
    run: (langChain) => {
      const lookup = langChain.tools.tool(
        async () => {
          throw new Error(`No order ${canary('ToolError')}`);
        },
        {
          name: 'lookup_order',
          description: canary('ToolDescription'),
          schema: { type: 'object', properties: {} },
        },
      );
      return lookup.invoke({ order: canary('ToolArguments') }, config(langChain));
    },
  },
  {
    name: 'anthropic-parse-error',
    api: 'anthropic',
    // The parser's error quotes it.
    replies: [{ text: `{"answer": ${canary('UnparsableReply')}` }],
    fails: true,
    run: (langChain) => {
      const { prompts, parsers } = langChain;
      const prompt = prompts.ChatPromptTemplate.fromMessages([
        ['user', `${canary('PromptTemplate')} {question}`],
      ]);
      const chain = prompt.pipe(anthropic(langChain)).pipe(new parsers.JsonOutputParser());
      return chain.invoke({ question: canary('PromptVariable') }, config(langChain));
    },
  },
  {
    name: 'anthropic-chain-error',
    api: 'anthropic',
    replies: [{ error: { status: 400, message: `Bad request: ${canary('ErrorBody')}` } }],
    fails: true,
    run: (langChain) => {
      const { prompts } = langChain;
      const prompt = prompts.ChatPromptTemplate.fromMessages([
        ['user', `${canary('PromptTemplate')} {question}`],
      ]);
      return prompt
        .pipe(anthropic(langChain))
        .invoke({ question: canary('PromptVariable') }, config(langChain));
    },
  },
];

function anthropic({ ChatAnthropic, urls }) {
  return new ChatAnthropic({
    model: modelOf('anthropic').requested,
    apiKey: 'sk-ant-test',
    anthropicApiUrl: urls.anthropicBaseUrl,
    maxRetries: 0,
  });
}

function config({ callbacks }) {
  return {
    callbacks,
    runName: 'answer-question',
    tags: [marker('Tag')],
    metadata: { feature: marker('Metadata'), userId: marker('User') },
  };
}
