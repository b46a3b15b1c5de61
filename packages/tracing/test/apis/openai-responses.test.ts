import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { openAiResponses } from '../../src/apis/openai-responses.js';
import { traceLlmCall } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

/** Attributes after these events of a stream. */
async function attributesAfter(events: readonly object[]) {
  const { tracer, spans } = recordingProvider();
  await traceLlmCall({ provider: 'openai', model: 'gpt-4o', tracer }, async (call) => {
    const reader = openAiResponses.chunkReader(call);
    for (const event of events) reader.read(event);
    reader.finish?.();
  });
  return onlySpan(spans).attributes;
}

// What the fake provider, or the real one on a good day, does not send.
describe('openAiResponses', () => {
  it('records a failed response as an error, although its HTTP status is 200', async () => {
    const response = {
      model: 'served',
      status: 'failed',
      error: { code: 'server_error', message: 'broke' },
      usage: { input_tokens: 3, output_tokens: 1 },
    };
    expect(await attributesAfter([{ type: 'response.failed', response }])).to.include({
      'llm.success': false,
      'llm.error.type': 'api_error',
      'llm.error.message': 'broke',
      'llm.model': 'served',
      'llm.tokens.total': 4,
    });
  });

  it('records an error event, which the client passes on as a chunk, as an error', async () => {
    const events = [
      { type: 'response.output_text.delta', delta: 'abc' },
      { type: 'error', code: 'rate_limit_exceeded', message: 'slow down', param: null },
    ];
    expect(await attributesAfter(events)).to.include({
      'llm.error.type': 'rate_limit',
      'llm.response.length': 3,
    });
  });

  it('records why a response is incomplete', async () => {
    const response = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    expect(await attributesAfter([{ type: 'response.incomplete', response }])).to.include({
      'llm.success': true,
      'llm.stop_reason': 'max_output_tokens',
    });
  });

  it('counts the items and the system text of a conversation', () => {
    const input = [
      { role: 'developer', content: 'four' },
      { role: 'user', content: [{ type: 'input_text', text: 'question' }] },
      { type: 'function_call_output', output: '7' },
    ];
    expect(openAiResponses.readRequest({ instructions: 'abc', input })).to.include({
      messageCount: 3,
      systemLength: 7,
    });
  });
});
