// Makes this rig ready: builds what it uses of the repository, and installs the peers with the pinned pnpm,
// unless node_modules already matches the lockfile.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '..', '..');

run(root, process.execPath, ['scripts/setup.mjs']);
run(root, 'npm', ['run', '-s', 'compile']);

const { packageManager } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const lockfile = readFileSync(join(here, 'pnpm-lock.yaml'));
const wanted = createHash('sha256').update(lockfile).update(process.platform).digest('hex');
const stamp = join(here, 'node_modules', '.llm-otel-peers-setup');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error(`Installing the peers with ${packageManager} (frozen lockfile) …`);
  run(here, 'npx', ['--yes', packageManager, 'install', '--frozen-lockfile']);
  writeFileSync(stamp, wanted);
}

function run(cwd, command, args) {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2], shell });
  if (error) console.error(`Could not start ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
