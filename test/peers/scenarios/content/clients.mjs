import { canary, marker } from '../canaries.mjs';
import { modelOf } from '../replies.mjs';

const user = (position) => ({ role: 'user', content: `Question ${canary(position)}` });
const text = (position) => `Hello ${canary(position)}, here is the answer.`;
const MODEL = modelOf('openai-chat').requested;

export const scenarios = [
  {
    name: 'openai-chat-logprobs',
    api: 'openai-chat',
    replies: [{ text: text('Token') }, { text: text('StreamedToken') }],
    run: async ({ openAi }) => {
      const body = { model: MODEL, messages: [user('User')], logprobs: true };
      await openAi.chat.completions.create(body);
      for await (const chunk of await openAi.chat.completions.create({ ...body, stream: true })) void chunk;
    },
  },
  {
    name: 'openai-chat-reasoning-streamed',
    api: 'openai-chat',
    replies: [{ text: text('Reply'), reasoning: text('StreamedThinking') }],
    run: async ({ openAi }) => {
      const body = { model: MODEL, messages: [user('User')], stream: true };
      for await (const chunk of await openAi.chat.completions.create(body)) void chunk;
    },
  },
  {
    name: 'openai-chat-attributed',
    api: 'openai-chat',
    replies: [{ text: text('Reply') }],
    // What an application tells of the call beside its messages, in the request and around it.
    run: ({ openAi, attributed = (fn) => fn() }) =>
      attributed(() =>
        openAi.chat.completions.create({
          model: MODEL,
          messages: [{ ...user('User'), name: canary('ParticipantName') }],
          user: marker('User'),
          safety_identifier: marker('SafetyIdentifier'),
          prompt_cache_key: marker('PromptCacheKey'),
          metadata: { feature: marker('Metadata') },
        }),
      ),
  },
  {
    name: 'openai-responses-prompt',
    api: 'openai-responses',
    replies: [{ text: text('Reply') }],
    run: ({ openAi }) =>
      openAi.responses.create({
        model: MODEL,
        prompt: { id: 'pmpt_1', version: '2', variables: { name: canary('PromptVariable') } },
        input: [user('User')],
      }),
  },
  {
    name: 'openai-responses-reasoning-streamed',
    api: 'openai-responses',
    replies: [{ text: text('Reply'), reasoning: text('StreamedThinking') }],
    run: async ({ openAi }) => {
      const body = {
        model: modelOf('openai-responses', 'reasoning').requested,
        input: [user('User')],
        stream: true,
      };
      for await (const event of await openAi.responses.create(body)) void event;
    },
  },
  {
    name: 'anthropic-reasoning-streamed',
    api: 'anthropic',
    replies: [{ text: text('Reply'), reasoning: text('StreamedThinking') }],
    run: async ({ anthropic }) => {
      const body = { ...message(), messages: [user('User')], max_tokens: 4000, stream: true };
      const thinking = { type: 'enabled', budget_tokens: 2000 };
      for await (const event of await anthropic.messages.create({ ...body, thinking })) void event;
    },
  },
  {
    name: 'anthropic-tool-error',
    api: 'anthropic',
    replies: [{ text: text('Reply') }],
    run: ({ anthropic }) =>
      anthropic.messages.create({
        ...message(),
        messages: [
          user('User'),
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: canary('EarlierThinking'), signature: 'signature' },
              { type: 'tool_use', id: 'toolu_1', name: 'search', input: { query: canary('ToolArguments') } },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'toolu_1',
                is_error: true,
                content: [{ type: 'text', text: canary('ToolError') }],
              },
              {
                type: 'search_result',
                source: `https://wiki.example/${canary('SearchSource')}`,
                title: canary('SearchTitle'),
                content: [{ type: 'text', text: canary('SearchResult') }],
              },
            ],
          },
        ],
      }),
  },
];

const message = () => ({ model: modelOf('anthropic').requested, max_tokens: 400 });
