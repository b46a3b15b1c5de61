import { expect } from 'chai';
import { readFixtures } from '../fixtures.js';
import { ownPeers, peers } from '../record.js';
import { canary, findCanaries, marker } from '../scenarios/canaries.mjs';
import { placesOf, textOf, wordsIn } from './find-leaks.js';
import { factCount, losses } from './losses.js';
import { type PeerRun, runPeer, type Sent } from './run-peer.js';

/** Of the wrapped exporters; the processor has its defaults. */
const policies: Readonly<Record<string, object>> = {
  'the wrapped exporter': {},
  'the wrapped exporter, masking': { content: 'mask' },
  'the strict preset': { preset: 'strict', hmacKey: 'key' },
  'the strict preset without a key': { preset: 'strict' },
};

/** What our own instrumentation records with `captureContent`, as its README says. */
const positions = ['System', 'User', 'UserPart', 'Assistant', 'Reply', 'ToolResult'];
const recordedByUs: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ownPeers.map((peer) => [peer, positions.map((position) => canary(position))]),
);

/** Canaries that went to the provider or came from it, and those that reached the bytes of a control. */
const planted = new Set<string>();
const reached = new Set<string>();
/** The same of identifiers and metadata. */
const markersReached = new Set<string>();
/** A line a peer: what was sent, and what of it arrived. */
const table: string[] = [];

/** Much of a run is waiting: the next peer starts with this one. */
const runs = new Map<string, Promise<PeerRun>>();
function start(peer: string): Promise<PeerRun> {
  const started = runs.get(peer) ?? runPeer(peer, policies);
  started.catch(() => 'thrown where it is awaited');
  runs.set(peer, started);
  return started;
}

const subjects = [...peers, ...ownPeers];
for (const [index, peer] of subjects.entries())
  describe(`canaries through ${peer}`, () => {
    let run: PeerRun;
    before(async function () {
      this.timeout(120_000);
      const [current] = subjects.slice(index, index + 2).map(start);
      run = await current;
      for (const word of run.recordings.flatMap(({ canaries }) => canaries)) planted.add(word);
      for (const word of wordsIn(run.control, 'canary')) reached.add(word);
      for (const word of wordsIn(run.control, 'marker')) markersReached.add(word);
      table.push(line(peer, run));
    });

    it('are in the OTLP bytes without redaction, wherever they were recorded', () => {
      const { control, scenarioOf } = run;
      const recorded = ownPeers.includes(peer) ? [] : readFixtures(peer);
      const missing = recorded.flatMap(({ scenario, spans }) => {
        const here = control.spans.filter(({ traceId }) => scenarioOf.get(traceId) === scenario);
        const found = new Set(findCanaries(textOf(here)));
        return findCanaries(textOf(spans))
          .filter((word: string) => !found.has(word))
          .map((word: string) => `${scenario}: ${word}`);
      });
      expect(missing).to.deep.equal([]);
      expect(wordsIn(control, 'canary'))
        .to.include.members(recordedByUs[peer] ?? [])
        .and.not.to.deep.equal([]);
    });

    for (const destination of ['the processor', ...Object.keys(policies)]) {
      it(`are not in the OTLP bytes behind ${destination}, and everything else is`, () => {
        const { control, processor, views } = run;
        const sent = views.get(destination) ?? processor;
        expect(sent.spans.length).to.equal(control.spans.length);
        expect(placesOf(sent, 'canary')).to.deep.equal([]);
        const isStrict = destination.startsWith('the strict preset');
        // Identifiers and metadata, which the application set on purpose.
        if (isStrict) expect(placesOf(sent, 'marker')).to.deep.equal([]);
        expect(lostIn(sent, run, isStrict)).to.deep.equal([]);
      });
    }
  });

describe('canaries through all peers', () => {
  it('each reach the OTLP bytes of some peer without redaction', () => {
    expect([...planted].filter((word) => !reached.has(word))).to.deep.equal([]);
  });

  it('are accompanied by identifiers and metadata for the strict preset', () => {
    expect([...markersReached]).to.include.members(
      ['User', 'Session', 'Tag', 'Metadata'].map((position) => marker(position)),
    );
  });
});

after(() => console.log(`\n${table.join('\n')}\n`));

/** Each with the scenario and the span where it was seen first. */
function lostIn(sent: Sent, { control, scenarioOf }: PeerRun, isStrict: boolean): string[] {
  const arrived = new Map(sent.spans.map((span) => [span.spanId, span]));
  const lost = new Map<string, string>();
  for (const span of control.spans) {
    const after = arrived.get(span.spanId);
    for (const place of after === undefined ? ['the span'] : losses(span, after, isStrict))
      if (!lost.has(place)) lost.set(place, `${scenarioOf.get(span.traceId)}, ${span.name}: ${place}`);
  }
  return [...lost.values()];
}

function line(peer: string, { recordings, control, processor, views }: PeerRun): string {
  const facts = control.spans.reduce((sum, span) => sum + factCount(span), 0);
  const leaks = [processor, ...views.values()].map((sent) => wordsIn(sent, 'canary').length);
  return (
    `${peer.padEnd(31)} ${recordings.length} scenarios, ${control.spans.length} spans: ` +
    `${wordsIn(control, 'canary').length} canaries -> ${leaks.join(', ')}; ${facts} facts stay; ` +
    `${wordsIn(control, 'marker').length} markers`
  );
}
