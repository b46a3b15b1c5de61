import { canary, marker } from './canaries.mjs';
import { modelOf, repliesOf, TOOL } from './replies.mjs';

/** The clients of OpenAI and Anthropic themselves, each API in each variant. */
export const scenarios = [
  ...[
    'plain',
    'streamed',
    'streamed-no-usage',
    'cached',
    'cached-streamed',
    'cached-little',
    'cache-write',
    'reasoning',
    'tier',
    'tools',
    'tools-streamed',
    'tools-cached',
    'error',
    'stream-error',
  ].map((variant) => scenario('openai-chat', variant, openAiChat)),
  ...[
    'plain',
    'streamed',
    'cached',
    'cached-streamed',
    'cached-little',
    'cache-write',
    'reasoning',
    'tier',
    'tools',
    'tools-cached',
    'error',
    'stream-error',
  ].map((variant) => scenario('openai-responses', variant, openAiResponses)),
  scenario('openai-embeddings', 'plain', openAiEmbeddings),
  scenario('openai-embeddings', 'error', openAiEmbeddings),
  ...[
    'plain',
    'streamed',
    'cached',
    'cached-streamed',
    'cached-little',
    'cached-little-streamed',
    'cache-write',
    'cache-write-streamed',
    'cache-write-1h',
    'cache-read-write',
    'reasoning',
    'tier',
    'tools',
    'tools-streamed',
    'tools-cached',
    'error',
    'stream-error',
  ].map((variant) => scenario('anthropic', variant, anthropic)),
];

function scenario(api, variant, run) {
  // Those about counts leave the content to the others.
  const short = /cach|tier|tools|no-usage/.test(variant);
  return {
    name: `${api}-${variant}`,
    api,
    variant,
    replies: repliesOf(api, variant),
    fails: variant.includes('error'),
    run: (clients) =>
      run(clients, {
        model: modelOf(api, variant).requested,
        full: !short,
        stream: variant.includes('stream'),
        includeUsage: variant !== 'streamed-no-usage',
        tools: variant.includes('tools'),
        reasoning: variant === 'reasoning',
        tier: variant === 'tier',
      }),
  };
}

const parameters = {
  type: 'object',
  properties: { order: { type: 'string', description: canary('ToolParameter') } },
  required: ['order'],
};
const headers = { 'x-canary': canary('Header') };

async function openAiChat({ openAi }, { model, full, stream, includeUsage, tools, tier, reasoning }) {
  const messages = [
    { role: 'system', content: `You help. ${canary('System')}` },
    { role: 'user', content: `Question ${canary('User')}` },
  ];
  if (full)
    messages.push(
      { role: 'assistant', content: `Earlier ${canary('Assistant')}` },
      {
        role: 'user',
        content: [
          { type: 'text', text: `And ${canary('UserPart')}?` },
          { type: 'image_url', image_url: { url: `https://images.example/${canary('ImageUrl')}.png` } },
          {
            type: 'file',
            file: { filename: 'report.pdf', file_data: `data:application/pdf;base64,${canary('Document')}` },
          },
        ],
      },
    );
  const body = {
    model,
    messages,
    ...(stream && { stream: true, ...(includeUsage && { stream_options: { include_usage: true } }) }),
    ...(tools && {
      tools: [
        { type: 'function', function: { name: TOOL, description: canary('ToolDescription'), parameters } },
      ],
    }),
    ...(tier && { service_tier: 'flex' }),
    ...(reasoning && { reasoning_effort: 'medium', max_completion_tokens: 2000 }),
    ...(full && !reasoning && { temperature: 0.5, max_tokens: 400, stop: [canary('StopSequence')] }),
    ...(full && {
      user: marker('User'),
      metadata: { tag: marker('Metadata') },
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'answer',
          schema: {
            type: 'object',
            properties: { answer: { type: 'string', description: canary('Schema') } },
          },
        },
      },
      prediction: { type: 'content', content: canary('Prediction') },
    }),
  };
  for (;;) {
    const result = await openAi.chat.completions.create({ ...body }, { headers });
    const message = stream ? await readChatStream(result) : result.choices[0].message;
    if (!message.tool_calls?.length) return;
    messages.push(message);
    for (const call of message.tool_calls)
      messages.push({ role: 'tool', tool_call_id: call.id, content: `Order ${canary('ToolResult')}` });
  }
}

async function readChatStream(stream) {
  const message = { role: 'assistant', content: '', tool_calls: [] };
  for await (const chunk of stream) {
    const delta = chunk.choices[0]?.delta;
    if (delta?.content) message.content += delta.content;
    for (const part of delta?.tool_calls ?? []) {
      message.tool_calls[part.index] ??= {
        id: part.id,
        type: 'function',
        function: { name: part.function.name, arguments: '' },
      };
      message.tool_calls[part.index].function.arguments += part.function.arguments ?? '';
    }
  }
  return message;
}

async function openAiResponses({ openAi }, { model, full, stream, tools, tier, reasoning }) {
  const input = full
    ? [
        { role: 'user', content: `Question ${canary('User')}` },
        { role: 'assistant', content: `Earlier ${canary('Assistant')}` },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: `And ${canary('UserPart')}?` },
            {
              type: 'input_image',
              image_url: `https://images.example/${canary('ImageUrl')}.png`,
              detail: 'auto',
            },
            {
              type: 'input_file',
              filename: 'report.pdf',
              file_data: `data:application/pdf;base64,${canary('Document')}`,
            },
          ],
        },
      ]
    : [{ role: 'user', content: `Question ${canary('User')}` }];
  const body = {
    model,
    instructions: `You help. ${canary('System')}`,
    input,
    ...(stream && { stream: true }),
    ...(tools && {
      tools: [
        { type: 'function', name: TOOL, description: canary('ToolDescription'), parameters, strict: false },
      ],
    }),
    ...(tier && { service_tier: 'flex' }),
    ...(reasoning && { reasoning: { effort: 'medium', summary: 'auto' } }),
    ...(full && !reasoning && { temperature: 0.5 }),
    ...(full && {
      max_output_tokens: 400,
      user: marker('User'),
      metadata: { tag: marker('Metadata') },
      text: {
        format: {
          type: 'json_schema',
          name: 'answer',
          schema: {
            type: 'object',
            properties: { answer: { type: 'string', description: canary('Schema') } },
          },
        },
      },
    }),
  };
  for (;;) {
    const result = await openAi.responses.create({ ...body }, { headers });
    if (stream) {
      for await (const event of result) void event;
      return;
    }
    const calls = result.output.filter((item) => item.type === 'function_call');
    if (calls.length === 0) return;
    input.push(...result.output);
    for (const call of calls)
      input.push({
        type: 'function_call_output',
        call_id: call.call_id,
        output: `Order ${canary('ToolResult')}`,
      });
  }
}

async function openAiEmbeddings({ openAi }, { model }) {
  const input = [`First ${canary('Embedded')}`, `Second ${canary('EmbeddedToo')}`];
  await openAi.embeddings.create({ model, input, user: marker('User') }, { headers });
}

async function anthropic({ anthropic }, { model, full, stream, tools, tier, reasoning }) {
  const messages = [{ role: 'user', content: `Question ${canary('User')}` }];
  if (full)
    messages.push(
      { role: 'assistant', content: `Earlier ${canary('Assistant')}` },
      {
        role: 'user',
        content: [
          { type: 'text', text: `And ${canary('UserPart')}?` },
          { type: 'image', source: { type: 'url', url: `https://images.example/${canary('ImageUrl')}.png` } },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: canary('ImageData') } },
          {
            type: 'document',
            title: canary('DocumentTitle'),
            source: { type: 'text', media_type: 'text/plain', data: canary('Document') },
          },
        ],
      },
    );
  const body = {
    model,
    max_tokens: reasoning ? 4000 : 400,
    system: full
      ? [{ type: 'text', text: `You help. ${canary('System')}`, cache_control: { type: 'ephemeral' } }]
      : `You help. ${canary('System')}`,
    messages,
    ...(stream && { stream: true }),
    ...(tools && {
      tools: [{ name: TOOL, description: canary('ToolDescription'), input_schema: parameters }],
    }),
    ...(tier && { service_tier: 'auto' }),
    ...(reasoning && { thinking: { type: 'enabled', budget_tokens: 2000 } }),
    ...(full && !reasoning && { temperature: 0.5 }),
    ...(full && { stop_sequences: [canary('StopSequence')], metadata: { user_id: marker('User') } }),
  };
  for (;;) {
    const result = await anthropic.messages.create({ ...body }, { headers });
    const content = stream ? await readMessageStream(result) : result.content;
    const calls = content.filter((block) => block.type === 'tool_use');
    if (calls.length === 0) return;
    messages.push({ role: 'assistant', content });
    messages.push({
      role: 'user',
      content: calls.map((call) => ({
        type: 'tool_result',
        tool_use_id: call.id,
        content: `Order ${canary('ToolResult')}`,
      })),
    });
  }
}

async function readMessageStream(stream) {
  const content = [];
  for await (const event of stream) {
    if (event.type === 'content_block_start') content.push({ ...event.content_block, json: '' });
    const block = content.at(-1);
    if (event.delta?.type === 'input_json_delta') block.json += event.delta.partial_json;
    if (event.delta?.type === 'text_delta') block.text += event.delta.text;
  }
  return content.map(({ json, ...block }) => (json === '' ? block : { ...block, input: JSON.parse(json) }));
}
