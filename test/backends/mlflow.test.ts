import { expect } from 'chai';
import { type Backend, eventually, startBackend } from './backend.js';
import { ANSWER, type CallName, PROMPT } from './calls.js';
import { sendCalls } from './send-calls.js';

interface TracesResponse {
  readonly traces?: readonly {
    readonly spans: readonly {
      readonly parent_span_id?: string;
      readonly status: MlflowSpan['status'];
      readonly attributes: readonly JsonEntry[];
    }[];
  }[];
}

interface MlflowSpan {
  readonly status: { readonly code?: string; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
}

describe('MLflow', () => {
  let mlflow: Backend;
  before(async () => {
    mlflow = await startBackend({
      command: 'mlflow',
      args: (port, directory) => [
        ...['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
        ...['--backend-store-uri', `sqlite:///${directory}/mlflow.db`],
      ],
      env: () => ({ MLFLOW_DISABLE_TELEMETRY: 'true', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' }),
      healthPath: '/health',
    });
  });
  after(() => mlflow?.stop());

  async function shown(content: boolean): Promise<(name: CallName) => Promise<MlflowSpan>> {
    const headers = { 'x-mlflow-experiment-id': '0' };
    const traceIds = await sendCalls({ url: `${mlflow.url}/v1/traces`, headers, content });
    return (name) => eventually(() => findCall(traceIds.get(name) ?? ''));
  }

  async function findCall(traceId: string): Promise<MlflowSpan | undefined> {
    const path = '/api/3.0/mlflow/traces/batchGet?trace_ids=tr-';
    const response = await fetch(mlflow.url + path + traceId);
    const { traces }: TracesResponse = JSON.parse(await response.text());
    const span = traces?.[0]?.spans.find((one) => one.parent_span_id !== undefined);
    return span && { status: span.status, attributes: mapOf(span.attributes) };
  }

  describe('without content', () => {
    let call: (name: CallName) => Promise<MlflowSpan>;
    before(async () => {
      call = await shown(false);
    });

    it('shows a call with model, provider, tokens, and the cost that this project computes too', async () => {
      const tokens = {
        'openai chat': [1500, 350, { cache_read_input_tokens: 1000 }],
        'openai responses': [1500, 350, { cache_read_input_tokens: 1000, cache_creation_input_tokens: 0 }],
        'anthropic messages': [
          3500,
          200,
          { cache_read_input_tokens: 2000, cache_creation_input_tokens: 1000 },
        ],
        'anthropic stream': [20, 8, { cache_read_input_tokens: 0, cache_creation_input_tokens: 0 }],
      } as const;
      for (const [name, [input, output, cached]] of Object.entries(tokens)) {
        const { attributes } = await call(name as CallName);
        const isOpenAi = name.startsWith('openai');
        expect(attributes, name).to.deep.include({
          'mlflow.spanType': 'CHAT_MODEL',
          'mlflow.llm.model': isOpenAi ? 'gpt-4o' : 'claude-opus-4-8',
          'mlflow.llm.provider': isOpenAi ? 'openai' : 'anthropic',
          'mlflow.chat.tokenUsage': {
            input_tokens: input,
            output_tokens: output,
            total_tokens: input + output,
            ...cached,
          },
        });
        const cost = attributes['mlflow.llm.cost'] as { total_cost: number };
        expect(cost.total_cost, name).to.be.closeTo(Number(attributes['llm.cost_usd']), 1e-9);
      }
    });

    it('shows embeddings as such', async () => {
      const { attributes } = await call('openai embeddings');
      expect(attributes['mlflow.spanType']).to.equal('EMBEDDING');
    });

    it('shows a failed call as one', async () => {
      for (const name of ['openai error', 'anthropic error'] as const)
        expect((await call(name)).status.code, name).to.equal('STATUS_CODE_ERROR');
    });

    it('shows the class of an error', async () => {
      expect((await call('openai error')).status.message).to.equal('invalid_request');
      expect((await call('anthropic error')).status.message).to.equal('overloaded');
    });

    it('has nothing of what was said', async () => {
      for (const name of ['openai chat', 'openai error', 'anthropic messages', 'anthropic error'] as const)
        expect(JSON.stringify(await call(name))).to.not.match(/Oulu|snows|briefly/);
    });
  });

  describe('with content', () => {
    let call: (name: CallName) => Promise<MlflowSpan>;
    before(async () => {
      call = await shown(true);
    });

    it('shows what was said', async () => {
      for (const name of ['openai responses', 'anthropic messages'] as const) {
        const { attributes } = await call(name);
        expect(attributes['mlflow.spanInputs'], name).to.deep.equal([
          { role: 'user', parts: [{ type: 'text', content: PROMPT }] },
        ]);
        const [message] = attributes['mlflow.spanOutputs'] as { parts: unknown }[];
        expect(message?.parts, name).to.deep.equal([{ type: 'text', content: ANSWER }]);
      }
    });

    it('shows the calls of tools', async () => {
      for (const name of ['openai tool call', 'anthropic tool call'] as const) {
        const [message] = (await call(name)).attributes['mlflow.spanOutputs'] as { parts: [object] }[];
        expect(message?.parts[0], name).to.deep.include({ name: 'weather', arguments: { city: 'Oulu' } });
      }
    });
  });
});

/** A value as MLflow writes it: OTLP's, in JSON. */
interface JsonValue {
  readonly array_value?: { readonly values?: readonly JsonValue[] };
  readonly kvlist_value?: { readonly values?: readonly JsonEntry[] };
  readonly string_value?: string;
  readonly int_value?: number;
  readonly double_value?: number;
  readonly bool_value?: boolean;
}

interface JsonEntry {
  readonly key: string;
  readonly value: JsonValue;
}

const mapOf = (entries: readonly JsonEntry[]): Record<string, unknown> =>
  Object.fromEntries(entries.map(({ key, value }) => [key, decoded(value)]));

function decoded({ array_value, kvlist_value, ...simple }: JsonValue): unknown {
  if (array_value !== undefined) return (array_value.values ?? []).map(decoded);
  if (kvlist_value !== undefined) return mapOf(kvlist_value.values ?? []);
  return Object.values(simple)[0];
}
