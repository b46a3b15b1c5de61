import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { openAiBatches } from '../../src/apis/openai-batches.js';
import { tracePoll } from '../../src/client/trace-poll.js';
import { telemetryOf } from '../../src/telemetry.js';

/** As the clients' promise is, with its result at hand. */
class Answered extends Promise<unknown> {
  static of(id: string): Answered {
    const batch = { id, status: 'completed', model: 'gpt-4o', usage: { input_tokens: 1, output_tokens: 1 } };
    return Object.assign(new Answered(() => undefined), {
      asResponse: () => undefined,
      withResponse: () => undefined,
      _thenUnwrap: (see: (data: unknown) => unknown) => see(batch),
    });
  }
}

describe('tracePoll', () => {
  it('remembers at most the last 10,000 counted calls', () => {
    const { tracer, spans } = recordingProvider();
    const identity = {
      telemetry: telemetryOf({ tracer }),
      provider: 'openai',
      operation: 'batch',
      gateway: undefined,
    };
    const retrieve = tracePoll(
      (id) => Answered.of(String(id)),
      openAiBatches,
      () => identity,
    );
    for (let id = 0; id < 10_000; id++) retrieve(`bound_${id}`);
    retrieve('bound_0');
    expect(spans).to.have.length(10_000);
    retrieve('bound_10000');
    retrieve('bound_1');
    retrieve('bound_10000');
    expect(spans).to.have.length(10_001);
    retrieve('bound_0');
    expect(spans).to.have.length(10_002);
  });
});
