import {
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
} from '../../../packages/testing/dist/index.js';
import { otlpExporter, processorFor } from '../child/otlp.mjs';
import { normalise } from '../fixtures.js';
import { allScenariosOf, type Recording, record } from '../record.js';
import { replay } from '../replay.js';
import { redactionWithControl } from './processors.mjs';

/** What arrived from all scenarios of a peer. */
export interface PeerRun {
  readonly recordings: readonly Recording[];
  /** Without redaction. */
  readonly control: Sent;
  /** Behind the processor, by its defaults. */
  readonly processor: Sent;
  /** Behind a wrapped exporter, each with a policy of its own. */
  readonly views: ReadonlyMap<string, Sent>;
  /** The scenario that a trace belongs to. */
  readonly scenarioOf: ReadonlyMap<string, string>;
}

/** What arrived by OTLP. */
export interface Sent {
  readonly spans: readonly ReceivedSpan[];
  readonly bytes: Buffer;
}

/** Runs all scenarios of a peer once, and sends what it writes to a destination for each policy. */
export async function runPeer(peer: string, policies: Readonly<Record<string, object>>): Promise<PeerRun> {
  const control = await startOtlpReceiver();
  const processor = await startOtlpReceiver();
  const views = new Map<string, OtlpReceiver>();
  for (const name of Object.keys(policies)) views.set(name, await startOtlpReceiver());
  const config = {
    control: control.url,
    views: [...views].map(([name, { url }]) => ({ url, policy: policies[name] })),
  };
  try {
    const module = new URL('processors.mjs', import.meta.url);
    module.searchParams.set('config', JSON.stringify(config));
    const options = { processors: module.href, otlpUrl: processor.url };
    const recordings = await record(peer, await allScenariosOf(peer), options);
    const scenarioOf = new Map<string, string>();
    for (const { scenario, spans, lostSpans } of recordings)
      for (const { traceId } of [...spans, ...lostSpans]) scenarioOf.set(traceId, scenario);
    // Sentry has no OpenTelemetry spans: those that it sent are made into such.
    if (peer.startsWith('sentry'))
      for (const recording of recordings) {
        const processors = [...redactionWithControl(config), processorFor(otlpExporter(processor.url))];
        for (const span of replay(normalise(recording), ...processors))
          scenarioOf.set(span.spanContext().traceId, recording.scenario);
        for (const each of processors) await each.forceFlush();
      }
    return {
      recordings,
      control: sent(control),
      processor: sent(processor),
      views: new Map([...views].map(([name, receiver]) => [name, sent(receiver)])),
      scenarioOf,
    };
  } finally {
    await Promise.all([control, processor, ...views.values()].map((receiver) => receiver.close()));
  }
}

function sent({ spans, bodies }: OtlpReceiver): Sent {
  return { spans: [...spans], bytes: Buffer.concat([...bodies]) };
}
