import { expect } from 'chai';
import { readFixtures } from '../fixtures.js';
import { peers } from '../record.js';
import { findCanaries } from '../scenarios/canaries.mjs';
import { factCount, losses } from './losses.js';
import { type PeerRun, runPeer, type Sent } from './run-peer.js';

const policies: Readonly<Record<string, object>> = { default: {} };

/** Canaries that went to the provider or came from it, and those that reached the bytes of a control. */
const planted = new Set<string>();
const reached = new Set<string>();
/** A line a peer: what was sent, and what of it arrived. */
const table: string[] = [];

/** Much of a run is waiting: the next peer starts with this one. */
const runsOf = new Map<string, Promise<PeerRun[]>>();
function start(peer: string): Promise<PeerRun[]> {
  const before = runsOf.get(peer);
  if (before !== undefined) return before;
  const started = Promise.all(Object.values(policies).map((policy) => runPeer(peer, policy)));
  started.catch(() => 'thrown where it is awaited');
  runsOf.set(peer, started);
  return started;
}

for (const [index, peer] of peers.entries())
  describe(`canaries through ${peer}`, () => {
    const runs = new Map<string, PeerRun>();
    before(async function () {
      this.timeout(120_000);
      const [current] = peers.slice(index, index + 2).map(start);
      const names = Object.keys(policies);
      for (const [at, run] of (await current).entries()) runs.set(names[at], run);
      for (const { recordings, control } of runs.values()) {
        for (const word of recordings.flatMap(({ canaries }) => canaries)) planted.add(word);
        for (const word of canariesIn(control)) reached.add(word);
      }
      table.push(line(peer, runs));
    });

    for (const name of Object.keys(policies)) {
      const run = () => runs.get(name) as PeerRun;

      it(`${name}: every canary that it is known to record reaches the bytes without redaction`, () => {
        const { control, scenarioOf } = run();
        const missing = readFixtures(peer).flatMap(({ scenario, spans }) => {
          const here = { spans: control.spans.filter(({ traceId }) => scenarioOf.get(traceId) === scenario) };
          const reached = new Set(findCanaries(textOf(here)));
          return findCanaries(textOf(spans))
            .filter((word: string) => !reached.has(word))
            .map((word: string) => `${scenario}: ${word}`);
        });
        expect(missing).to.deep.equal([]);
        expect(canariesIn(control)).not.to.deep.equal([]);
      });

      it(`${name}: none reaches them behind the processor`, () => {
        const { redacted } = run();
        expect(redacted.spans.length).to.be.above(0);
        expect(canariesIn(redacted)).to.deep.equal([]);
      });

      it(`${name}: nothing else is lost`, () => {
        const { control, redacted, scenarioOf } = run();
        const arrived = new Map(redacted.spans.map((span) => [span.spanId, span]));
        // Each with where it was seen first.
        const lost = new Map<string, string>();
        for (const span of control.spans) {
          const after = arrived.get(span.spanId);
          for (const place of after === undefined ? ['the span'] : losses(span, after))
            if (!lost.has(place)) lost.set(place, `${scenarioOf.get(span.traceId)}, ${span.name}: ${place}`);
        }
        expect([...lost.values()]).to.deep.equal([]);
        expect(redacted.spans.length).to.equal(control.spans.length);
      });
    }
  });

describe('canaries through all of them', () => {
  it('stand in every position that some peer records', () => {
    const sent = [...planted].filter((word) => !reached.has(word));
    expect(sent).to.deep.equal([]);
  });
});

after(() => console.log(`\n${table.join('\n')}\n`));

/** In the decoded spans or in the bytes as they came. */
function canariesIn({ spans, bytes }: Sent): string[] {
  const words = `${textOf(spans)} ${bytes.toString('latin1')}`.match(/Canary[A-Za-z]*/g) ?? [];
  return [...new Set(words)].sort();
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item));
}

function line(peer: string, runs: ReadonlyMap<string, PeerRun>): string {
  const found = [...runs].map(([name, { control, redacted }]) => {
    const facts = control.spans.reduce((sum, span) => sum + factCount(span), 0);
    return `${name}: ${canariesIn(control).length} positions -> ${canariesIn(redacted).length}, ${facts} facts stay`;
  });
  const { recordings = [], control } = runs.values().next().value ?? {};
  return `${peer.padEnd(31)} ${recordings.length} scenarios, ${control?.spans.length} spans; ${found.join('; ')}`;
}
