import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { LlmCallSpan } from '../../src/call/llm-call-span.js';
import { CountedRequests } from '../../src/langchain/counted-requests.js';
import { telemetryOf } from '../../src/telemetry.js';
import { onlySpan } from '../support/spans.js';

/** The retries of a run that makes these requests; those with an exclamation mark fail. */
function retriesAmong(...targets: string[]): unknown {
  const { tracer, spans } = recordingProvider();
  const telemetry = telemetryOf({ tracer });
  const span = new LlmCallSpan(
    { telemetry, provider: 'acme', operation: 'chat', hidesAttempts: true },
    { model: 'a' },
  );
  const requests = new CountedRequests(span);
  for (const target of targets) {
    requests.started(target.replace('!', ''));
    if (target.endsWith('!')) requests.failed(target.replace('!', ''), { status: 500 });
  }
  span.end();
  return onlySpan(spans).attributes['llm.retry_count'];
}

describe('the requests of a run', () => {
  const cases: [title: string, targets: string[], retries: number | undefined][] = [
    ['no request that is seen', [], undefined],
    ['one request', ['POST /chat'], 0],
    ['a request that is made again', ['POST /chat!', 'POST /chat!', 'POST /chat'], 2],
    ['a second request after one that succeeded', ['POST /chat', 'POST /chat'], 0],
    ['a second request after a retry that succeeded', ['POST /chat!', 'POST /chat', 'POST /chat'], 1],
    ['another request after one that failed', ['GET /file!', 'POST /chat'], 0],
  ];
  for (const [title, targets, retries] of cases)
    it(`have ${retries} retries: ${title}`, () => expect(retriesAmong(...targets)).to.equal(retries));
});
