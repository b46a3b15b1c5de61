import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

interface Report {
  readonly rounds: readonly {
    readonly ended: number;
    readonly distinct: number;
    readonly ways: Readonly<Record<string, number>>;
    readonly heapBytes: number;
  }[];
  readonly complaints: readonly string[];
}

describe('10,000 streams that are open at once and abandoned at random', () => {
  let report: Report;
  before(async function () {
    this.timeout(300_000);
    const child = join(__dirname, '..', 'child', 'abandon-streams.ts');
    // The first round warms up: tables that grow for so many do not shrink.
    const args = ['--expose-gc', '--require', 'tsx/cjs', child, '10000', '10000'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    report = JSON.parse(stdout);
  });

  it('end each span exactly once', () => {
    expect(report.rounds).to.have.length(2);
    for (const round of report.rounds) expect(round).to.include({ ended: 10_000, distinct: 10_000 });
    // The SDK complains of a span that is ended twice.
    expect(report.complaints).to.deep.equal([]);
  });

  it('end in each possible way', () => {
    expect(report.rounds[1]?.ways).to.have.all.keys(
      'success, 0 chunks',
      'success, 1 chunks',
      'success, 2 chunks',
      'aborted, 1 chunks',
      'connection, 2 chunks',
    );
  });

  it('leave the heap at its size before', () => {
    const [before, after] = report.rounds.map(({ heapBytes }) => heapBytes);
    // A hundred bytes for each of them; a span that stays takes some two thousand.
    expect(after).to.be.lessThan((before ?? 0) + 1_000_000);
  });
});
