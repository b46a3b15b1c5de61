import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FakeProvider,
  type FakeReply,
  type RecordedRequest,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import type { RecordedSpan } from './spans.js';
import type { Caller, ClientOptions, TestedApi } from './tested-apis.js';

export interface Scenario {
  readonly replies?: readonly FakeReply[];
  /** Decides on the replies of one run, where their order is not certain. */
  readonly replier?: () => (request: RecordedRequest) => FakeReply | undefined;
  readonly client?: ClientOptions;
  /** What the application does; what it answers, or throws, must be the same wrapped and unwrapped. */
  readonly run: (caller: Caller, fake: FakeProvider) => Promise<unknown>;
}

/**
 * Runs a scenario with the client as it is and with the wrapped one, each against a fake provider of its own,
 * and holds results, errors and requests to be the same.
 *
 * @returns the spans of the wrapped run
 */
export async function runSideBySide(api: TestedApi, scenario: Scenario): Promise<readonly RecordedSpan[]> {
  const provider = recordingProvider();
  const unwrapped = await runOnce(api, scenario);
  const wrapped = await runOnce(api, scenario, provider);
  expect(wrapped.outcome).to.deep.equal(unwrapped.outcome);
  expect(wrapped.requests).to.deep.equal(unwrapped.requests);
  return provider.spans;
}

async function runOnce(api: TestedApi, scenario: Scenario, provider?: RecordingProvider) {
  const reply = scenario.replier?.();
  const fake = await startFakeProvider(reply && { reply });
  try {
    fake.enqueue(...(scenario.replies ?? []));
    const caller = api.connect(fake, scenario.client, provider && { tracer: provider.tracer });
    const outcome = await scenario.run(caller, fake).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: describeError(error) }),
    );
    const requests = fake.requests.map(({ method, path, query, headers, body }) => {
      const { host: _, ...rest } = headers;
      return { method, path, query, headers: rest, body };
    });
    // Parallel requests arrive in any order.
    requests.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    return { outcome, requests };
  } finally {
    await fake.close();
  }
}

/** Resolves when a request has arrived: an abort before that would be one of another kind. */
export async function arrivalAt(fake: FakeProvider): Promise<void> {
  while (fake.requests.length === 0) await sleep(5);
}

/** What an application can tell of an error, its causes included. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, cause, ...own } = error as Error & Record<string, unknown>;
  const { headers, ...rest } = own;
  return {
    class: error.constructor,
    name,
    message,
    ...('code' in error && { code: error.code }),
    // The details of sockets, ports among them, differ from run to run.
    ...(error.constructor.name.startsWith('API') && { rest }),
    ...(headers instanceof Headers && {
      requestId: headers.get('x-request-id') ?? headers.get('request-id'),
    }),
    cause: describeError(cause),
  };
}
