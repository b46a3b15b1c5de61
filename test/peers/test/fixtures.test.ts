import { expect } from 'chai';
import { type Fixture, readFixtures, recordedPeers } from '../fixtures.js';
import { peers, scenariosOf } from '../record.js';
import { replay } from '../replay.js';

describe('the fixtures', () => {
  it('exist for every peer with a recorder', () => {
    expect(recordedPeers()).to.deep.equal([...peers].sort());
  });

  for (const peer of peers)
    describe(peer, () => {
      const fixtures: Fixture[] = [];
      before(() => void fixtures.push(...readFixtures(peer)));

      it('exist for every scenario', async () => {
        const scenarios = await scenariosOf(peer);
        expect(fixtures.map(({ scenario }) => scenario)).to.have.members(scenarios);
      });

      it('contain spans of the peer, ended or lost', () => {
        const empty = fixtures.filter(({ spans, lostSpans }) => spans.length + lostSpans.length < 2);
        expect(empty.map(({ scenario }) => scenario)).to.deep.equal([]);
      });

      it('are replayed with the same scopes, tree and attributes', () => {
        for (const fixture of fixtures) {
          const replayed = replay(fixture).map((span) => ({
            name: span.name,
            scope: span.instrumentationScope.name,
            attributes: span.attributes,
            events: span.events.length,
            hasParent: span.parentSpanContext !== undefined,
          }));
          const recorded = fixture.spans.map((span) => ({
            name: span.name,
            scope: span.instrumentationScope.name,
            attributes: span.attributes,
            events: span.events.length,
            hasParent: span.parentSpanId !== undefined,
          }));
          expect(replayed, fixture.scenario).to.deep.equal(recorded);
        }
      });

      it('reveal nothing about the machine on which they were recorded', () => {
        const text = JSON.stringify(fixtures);
        expect(text).not.to.match(/\/work\/|\/home\/|node_modules|127\.0\.0\.1:(?!8080)/);
      });
    });
});
