// npm run record [peer …]        records the peers, all unless some are named, and writes recorded/
// npm run record:check [peer …]  records them and compares the spans and the names of their attributes

import { normalise, outline, readFixtures, writeFixtures } from './fixtures.js';
import { peers, record } from './record.js';

const args = process.argv.slice(2);
const check = args.includes('--check');
const named = args.filter((arg) => !arg.startsWith('--'));
const unknown = named.filter((peer) => !peers.includes(peer));
if (unknown.length > 0)
  throw new Error(`No recorder for ${unknown.join(', ')}; there are ${peers.join(', ')}`);

let differences = 0;
for (const peer of named.length > 0 ? named : peers) {
  const fixtures = (await record(peer)).map(normalise);
  if (check) {
    const committed = new Map(readFixtures(peer).map((fixture) => [fixture.scenario, outline(fixture)]));
    for (const fixture of fixtures) {
      const before = committed.get(fixture.scenario) ?? [];
      committed.delete(fixture.scenario);
      const now = outline(fixture);
      tell(
        peer,
        fixture.scenario,
        '-',
        before.filter((line) => !now.includes(line)),
      );
      tell(
        peer,
        fixture.scenario,
        '+',
        now.filter((line) => !before.includes(line)),
      );
    }
    for (const [scenario, before] of committed) tell(peer, scenario, '-', before);
  } else {
    writeFixtures(peer, fixtures);
  }
  console.error(`${peer}: ${fixtures.length} scenarios ${check ? 'compared' : 'recorded'}`);
}
if (differences > 0) {
  console.error(`${differences} differences: the packages behave otherwise than when they were recorded.`);
  process.exitCode = 1;
}

function tell(peer: string, scenario: string, sign: string, lines: readonly string[]): void {
  for (const line of lines) console.log(`${peer}/${scenario} ${sign} ${line}`);
  differences += lines.length;
}
