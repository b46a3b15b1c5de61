import {
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
} from '../../../packages/testing/dist/index.js';
import { normalise } from '../fixtures.js';
import { allScenariosOf, type Recording, record } from '../record.js';
import { replay } from '../replay.js';
import { otlpProcessor, redactionWithControl } from './processors.mjs';

/** What a policy made of all scenarios of a peer. */
export interface PeerRun {
  readonly recordings: readonly Recording[];
  /** As sent without redaction. */
  readonly control: Sent;
  /** As sent behind the processor. */
  readonly redacted: Sent;
  /** The scenario that a trace belongs to. */
  readonly scenarioOf: ReadonlyMap<string, string>;
}

/** What arrived by OTLP. */
export interface Sent {
  readonly spans: readonly ReceivedSpan[];
  readonly bytes: Buffer;
}

/** Runs all scenarios of a peer behind a policy, and through the stock OTLP exporter. */
export async function runPeer(peer: string, policy: object): Promise<PeerRun> {
  const control = await startOtlpReceiver();
  const redacted = await startOtlpReceiver();
  try {
    const module = new URL('processors.mjs', import.meta.url);
    module.searchParams.set('policy', JSON.stringify(policy));
    module.searchParams.set('control', control.url);
    const options = { processors: module.href, otlpUrl: redacted.url };
    const recordings = await record(peer, await allScenariosOf(peer), options);
    const scenarioOf = new Map<string, string>();
    for (const { scenario, spans, lostSpans } of recordings)
      for (const { traceId } of [...spans, ...lostSpans]) scenarioOf.set(traceId, scenario);
    // Sentry has no OpenTelemetry spans: those that it sent are made into such.
    if (peer.startsWith('sentry'))
      for (const recording of recordings) {
        const processors = [...redactionWithControl(policy, control.url), otlpProcessor(redacted.url)];
        for (const span of replay(normalise(recording), ...processors))
          scenarioOf.set(span.spanContext().traceId, recording.scenario);
        for (const processor of processors) await processor.forceFlush();
      }
    return { recordings, control: sent(control), redacted: sent(redacted), scenarioOf };
  } finally {
    await Promise.all([control.close(), redacted.close()]);
  }
}

function sent({ spans, bodies }: OtlpReceiver): Sent {
  return { spans: [...spans], bytes: Buffer.concat([...bodies]) };
}
