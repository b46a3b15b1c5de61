import { canary } from './canaries.mjs';

// The counts are all different, so that a sum that comes out right has not come out right by chance.
const plain = { input: 1200, output: 350 };
const usages = {
  plain,
  // More cached than not: a count that leaves cached tokens out gives itself away.
  cached: { input: 5000, output: 300, cacheRead: 4000 },
  // Less cached than not: it does not.
  'cached-little': { input: 5000, output: 310, cacheRead: 1500 },
  'cache-write': { input: 6000, output: 320, cacheWrite: 4500 },
  'cache-write-1h': { input: 6100, output: 330, cacheWrite: 4400, cacheWrite1h: 4400 },
  'cache-read-write': { input: 6200, output: 340, cacheRead: 1300, cacheWrite: 2100 },
  reasoning: { input: 500, output: 900, reasoning: 640 },
};

const models = {
  'openai-chat': { requested: 'gpt-4o', served: 'gpt-4o-2024-08-06' },
  'openai-responses': { requested: 'gpt-4o', served: 'gpt-4o-2024-08-06' },
  anthropic: { requested: 'claude-sonnet-4-5', served: 'claude-sonnet-4-5-20250929' },
  'openai-embeddings': { requested: 'text-embedding-3-small', served: 'text-embedding-3-small' },
};
const reasoningModels = {
  'openai-chat': { requested: 'gpt-5', served: 'gpt-5-2025-08-07' },
  'openai-responses': { requested: 'gpt-5', served: 'gpt-5-2025-08-07' },
};

/** The model that a scenario asks for, and the one that answers. Tiers are those of models that have a price of their own there. */
export function modelOf(api, variant) {
  return (['reasoning', 'tier'].includes(variant) && reasoningModels[api]) || models[api];
}

/** The name of the one tool there is. A name is not content. */
export const TOOL = 'lookup_order';

/** What the fake provider answers in a variant, request by request. */
export function repliesOf(api, variant) {
  const replies = repliesAtOnce(api, variant);
  // openlit leaves out times that it measures as 0 ms.
  return /stream/.test(variant)
    ? replies.map((reply) => ({ ...reply, latencyMillis: 4, chunkDelayMillis: 4 }))
    : replies;
}

function repliesAtOnce(api, variant) {
  const model = modelOf(api, variant).served;
  const [kind, streamed] = variant.endsWith('-streamed')
    ? [variant.slice(0, -'-streamed'.length), true]
    : [variant, variant === 'streamed' || variant === 'streamed-no-usage' || variant === 'stream-error'];
  const reply = streamed ? canary('StreamedReply') : canary('Reply');
  const text = `Hello ${reply}, here is the answer.`;
  switch (kind) {
    case 'error':
      return [{ model, error: { status: 400, message: `Bad request: ${canary('ErrorBody')}` } }];
    case 'stream-error':
      return [
        {
          model,
          text,
          usage: plain,
          errorAfterChunks: 3,
          error: { status: 500, message: `Failed: ${canary('StreamErrorBody')}` },
        },
      ];
    case 'tools':
    case 'tools-cached': {
      const cacheRead = kind === 'tools-cached' ? { cacheRead: 768 } : {};
      const toolCalls = [{ name: TOOL, arguments: JSON.stringify({ order: canary('ToolArguments') }) }];
      return [
        { model, toolCalls, usage: { input: 800, output: 60 } },
        { model, text, usage: { input: 1000, output: 90, ...cacheRead } },
      ];
    }
    case 'object':
      return [{ model, text: JSON.stringify({ answer: reply }), usage: plain }];
    case 'tier':
      return [{ model, text, usage: plain, serviceTier: api === 'anthropic' ? 'priority' : 'flex' }];
    case 'thinking':
    case 'reasoning':
      return [
        { model, text, reasoning: `Let me think ${canary('Thinking')} first.`, usage: usages.reasoning },
      ];
    default:
      return [{ model, text, usage: usages[kind] ?? plain }];
  }
}
