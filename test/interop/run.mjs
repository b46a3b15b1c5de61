// Builds the Collector, if that was not done before, and runs the suite against it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const source = join(here, 'collector');

if (spawnSync('go', ['version']).status !== 0) {
  console.log('Interop with the OpenTelemetry Collector: there is no Go here to build the Collector with.');
  console.log(process.env.CI ? 'In CI it must run.' : 'SKIPPED. Install Go (https://go.dev/dl) to run it.');
  process.exit(process.env.CI ? 1 : 0);
}

const sources = ['main.go', 'go.mod', 'go.sum'].map((name) => readFileSync(join(source, name)));
const version = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 16);
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'llm-otel');
const collector = join(cache, `collector-${version}`);

if (!existsSync(collector)) {
  console.log('Building the Collector: some minutes the first time …');
  mkdirSync(cache, { recursive: true });
  // To another name first: two runs may build at once, and a build may be interrupted.
  const building = `${collector}.${process.pid}`;
  run('go', ['build', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', building, '.'], source);
  renameSync(building, collector);
}
run('npx', ['mocha'], here, { LLM_OTEL_COLLECTOR: collector });

function run(command, args, cwd, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) console.error(`Could not start ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
