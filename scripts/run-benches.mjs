// Runs the benches whose name contains the first argument: `npm run bench cost`. `--brief` is the short form for CI.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const [filter = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const benches = readdirSync('bench').filter((file) => file.endsWith('.ts') && file.includes(filter));

let failed = 0;
for (const bench of benches) {
  console.error(`── ${bench}`);
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', `bench/${bench}`, ...flags],
    { stdio: 'inherit' },
  );
  if (status !== 0) failed++;
}
console.error(`benches: ${benches.length} run, ${failed} failed`);
process.exitCode = failed === 0 && benches.length > 0 ? 0 : 1;
