// Makes a fresh clone ready: installs the dependencies with the pinned pnpm, through npx, unless
// node_modules already matches the lockfile. Uses nothing but Node, because nothing else is there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { packageManager, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`llm-otel needs Node ${engines.node}; this is ${process.version}.`);
  process.exit(1);
}

const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
const wanted = createHash('sha256').update(lockfile).update(process.platform).digest('hex');
const stamp = join(root, 'node_modules', '.llm-otel-setup');
const installed = existsSync(stamp) && statSync(stamp).isFile() ? readFileSync(stamp, 'utf8') : '';

if (installed !== wanted) {
  console.error(`Installing with ${packageManager} (frozen lockfile) …`);
  const { status, error } = spawnSync('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error) console.error(`Could not start npx: ${error.message}`);
  if (status !== 0) {
    console.error(
      'The installation failed: it needs the npm registry, or the mirror that npm is configured to use, and a home ' +
        'directory that can be written to.',
    );
    process.exit(status ?? 1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
