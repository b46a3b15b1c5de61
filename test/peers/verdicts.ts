// npm run verdicts [-- --json] [peer …]  prices the fixtures, and says which traces come out right
import { recordedPeers } from './fixtures.js';
import { allVerdicts, summary, type Verdict } from './verdict.js';

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const verdicts = allVerdicts(named.length > 0 ? named : recordedPeers());

if (args.includes('--json')) console.log(JSON.stringify(verdicts, null, 2));
else console.log([...verdicts.map(line), '', ...summary(verdicts)].join('\n'));

function line({
  peer,
  scenario,
  expectedUsd,
  actualUsd,
  statuses,
  assumesTier,
  carried,
  verdict,
}: Verdict): string {
  const lacks = carried ? '     ' : 'lacks';
  return `${peer.padEnd(30)} ${scenario.padEnd(32)} ${usd(expectedUsd)} ${usd(actualUsd)} ${verdict.padEnd(6)} ${lacks} ${[...statuses, ...(assumesTier ? ['assumed_service_tier'] : [])].join(',')}`;
}

function usd(value: number | undefined): string {
  return (value === undefined ? '-' : value.toFixed(9)).padStart(12);
}
