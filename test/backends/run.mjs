// Installs the backends, if that was not done before, and runs the suite against them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;

const { status, stdout } = spawnSync('python3', ['-c', 'import sys, venv; print(sys.version)'], {
  encoding: 'utf8',
});
if (status !== 0) {
  console.log('Phoenix and MLflow: there is no Python with venv here to install them with.');
  console.log(process.env.CI ? 'In CI it must run.' : 'SKIPPED. Install Python ≥ 3.10 to run it.');
  process.exit(process.env.CI ? 1 : 0);
}

const files = ['requirements.txt', 'constraints.txt'].map((name) => readFileSync(join(here, name)));
const hash = createHash('sha256').update(Buffer.concat(files)).update(stdout);
const version = hash.digest('hex').slice(0, 16);
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'llm-otel');
const directory = join(cache, `backends-${version}`);
// An installation that was interrupted lacks it. A virtual environment can't be renamed, as the Collector is.
const complete = join(directory, 'complete');

if (!existsSync(complete)) {
  console.log('Installing Phoenix and MLflow, 1.3 GB: some minutes the first time …');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  run('python3', ['-m', 'venv', directory]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run(join(directory, 'bin', 'python'), [...pip, '-r', 'requirements.txt', '-c', 'constraints.txt']);
  writeFileSync(complete, '');
}
run('npx', ['mocha'], { LLM_OTEL_BACKENDS: join(directory, 'bin') });

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) console.error(`Could not start ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
