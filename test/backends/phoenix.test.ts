import { expect } from 'chai';
import { type Backend, eventually, startBackend } from './backend.js';
import { ANSWER, type CallName, PROMPT, SYSTEM } from './calls.js';
import { sendCalls } from './send-calls.js';

/** What Phoenix's own pages ask for. */
const SPAN = `
  spanKind statusCode statusMessage
  tokenCountTotal tokenCountPrompt tokenCountCompletion tokenPromptDetails { cacheRead cacheWrite }
  costSummary { total { cost } }
  attributes`;

interface TraceResponse {
  readonly data?: {
    readonly getTraceByOtelId: {
      readonly spans: { readonly edges: { readonly node: PhoenixSpan }[] };
    } | null;
  };
  readonly errors?: unknown;
}

interface PhoenixSpan {
  readonly [field: string]: unknown;
  readonly costSummary: { readonly total: { readonly cost: number } } | null;
  /** JSON. */
  readonly attributes: string;
}

describe('Phoenix', () => {
  let phoenix: Backend;
  before(async () => {
    phoenix = await startBackend({
      command: 'phoenix',
      args: () => ['serve'],
      env: (port, directory) => ({
        PHOENIX_HOST: '127.0.0.1',
        PHOENIX_PORT: String(port),
        // 0: any.
        PHOENIX_GRPC_PORT: '0',
        PHOENIX_WORKING_DIR: directory,
        PHOENIX_TELEMETRY_ENABLED: 'false',
      }),
      healthPath: '/healthz',
    });
  });
  after(() => phoenix?.stop());

  async function shown(project: string, content: boolean): Promise<(name: CallName) => Promise<PhoenixSpan>> {
    const resource = { 'openinference.project.name': project };
    const traceIds = await sendCalls({ url: `${phoenix.url}/v1/traces`, resource, content });
    return (name) => eventually(() => findCall(traceIds.get(name) ?? ''));
  }

  async function findCall(traceId: string): Promise<PhoenixSpan | undefined> {
    const response = await fetch(`${phoenix.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `query ($traceId: String!) {
          getTraceByOtelId(traceId: $traceId) { spans(first: 10) { edges { node { parentId ${SPAN} } } } }
        }`,
        variables: { traceId },
      }),
    });
    const { data, errors }: TraceResponse = JSON.parse(await response.text());
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const edges = data?.getTraceByOtelId?.spans.edges;
    return edges?.find(({ node }) => node.parentId !== null)?.node;
  }

  describe('without content', () => {
    let call: (name: CallName) => Promise<PhoenixSpan>;
    before(async () => {
      call = await shown('metadata', false);
    });

    it('shows a call with its tokens, those of the cache included', async () => {
      const tokens = {
        'openai chat': [1500, 350, { cacheRead: 1000, cacheWrite: null }],
        'openai responses': [1500, 350, { cacheRead: 1000, cacheWrite: 0 }],
        'openai stream': [20, 8, { cacheRead: 0, cacheWrite: null }],
        'anthropic messages': [3500, 200, { cacheRead: 2000, cacheWrite: 1000 }],
        'anthropic stream': [20, 8, { cacheRead: 0, cacheWrite: 0 }],
      } as const;
      for (const [name, [input, output, tokenPromptDetails]] of Object.entries(tokens))
        expect(await call(name as CallName), name).to.deep.include({
          spanKind: 'llm',
          tokenCountPrompt: input,
          tokenCountCompletion: output,
          tokenCountTotal: input + output,
          tokenPromptDetails,
        });
    });

    it('computes the same cost as this project', async () => {
      for (const name of ['openai chat', 'openai responses', 'anthropic messages'] as const) {
        const { costSummary, attributes } = await eventually(async () => {
          const span = await call(name);
          return span.costSummary ? span : undefined;
        });
        expect(costSummary?.total.cost, name).to.be.closeTo(JSON.parse(attributes).llm.cost_usd, 1e-9);
      }
    });

    it('shows model, provider and parameters', async () => {
      const { attributes } = await call('openai chat');
      const { llm } = JSON.parse(attributes);
      expect(llm).to.include({ model_name: 'gpt-4o', provider: 'openai', system: 'openai' });
      expect(JSON.parse(llm.invocation_parameters)).to.deep.equal({ temperature: 0.5, max_tokens: 400 });
    });

    it('shows embeddings as such', async () => {
      const { spanKind, attributes } = await call('openai embeddings');
      expect(spanKind).to.equal('embedding');
      expect(JSON.parse(attributes).embedding).to.deep.equal({ model_name: 'text-embedding-3-small' });
    });

    it('shows a failed call as one', async () => {
      for (const name of ['openai error', 'anthropic error'] as const)
        expect(await call(name)).to.include({ spanKind: 'llm', statusCode: 'ERROR' });
    });

    it('shows the class of an error', async () => {
      expect(await call('openai error')).to.include({ statusMessage: 'invalid_request' });
      expect(await call('anthropic error')).to.include({ statusMessage: 'overloaded' });
    });

    it('has nothing of what was said', async () => {
      for (const name of ['openai chat', 'openai error', 'anthropic messages', 'anthropic error'] as const)
        expect(JSON.stringify(await call(name))).to.not.match(/Oulu|snows|briefly/);
    });
  });

  describe('with content', () => {
    let call: (name: CallName) => Promise<PhoenixSpan>;
    before(async () => {
      call = await shown('content', true);
    });
    const messagesOf = async (name: CallName) => {
      const { llm } = JSON.parse((await call(name)).attributes);
      return { input: llm.input_messages, output: llm.output_messages };
    };

    it('shows what was said, a system prompt first', async () => {
      for (const name of ['openai chat', 'openai responses', 'anthropic messages'] as const) {
        const { input, output } = await messagesOf(name);
        expect(input, name).to.deep.equal([
          { message: { role: 'system', content: SYSTEM } },
          { message: { role: 'user', content: PROMPT } },
        ]);
        expect(output[0].message, name).to.include({ role: 'assistant', content: ANSWER });
      }
    });

    it('shows what was said in a stream until it was left', async () => {
      const { output } = await messagesOf('openai left stream');
      expect(output[0].message).to.include({ role: 'assistant', content: 'It ' });
    });

    it('shows the calls of tools', async () => {
      for (const name of ['openai tool call', 'anthropic tool call'] as const) {
        const { output } = await messagesOf(name);
        const [{ tool_call }] = output[0].message.tool_calls;
        expect(tool_call.function.name, name).to.equal('weather');
        expect(JSON.parse(tool_call.function.arguments), name).to.deep.equal({ city: 'Oulu' });
      }
    });
  });
});
