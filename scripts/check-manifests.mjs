// The rules that every package's manifest must keep, and that no other tool checks.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RUNTIME_OPENTELEMETRY = ['@opentelemetry/semantic-conventions'];
const problems = [];
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const names = readdirSync('packages');
const manifests = new Map(names.map((name) => [name, readJson(join('packages', name, 'package.json'))]));
const { version } = manifests.get('llm-otel');
/** The range of each peer dependency, as the first package has it. */
const peerRanges = new Map();

for (const [folder, manifest] of manifests) {
  const rule = (holds, text) => holds || problems.push(`packages/${folder}: ${text}`);
  const dependencies = Object.entries(manifest.dependencies ?? {});

  rule(
    manifest.version === version,
    `version ${manifest.version} is not ${version}: all are released together`,
  );
  rule(manifest.type === 'commonjs', 'type must be commonjs: one class for import and require');
  rule(existsSync(join('packages', folder, 'README.md')), 'README.md is missing');
  rule(existsSync(join('packages', folder, 'test')), 'test/ is missing');

  const references = readJson(join('packages', folder, 'tsconfig.json')).references ?? [];
  const wanted = dependencies
    .filter(([, range]) => range.startsWith('workspace:'))
    .map(([name]) => [...manifests].find(([, each]) => each.name === name)[0]);
  rule(
    references
      .map(({ path }) => path.slice(3))
      .sort()
      .join() === wanted.sort().join(),
    `tsconfig references are not the workspace dependencies (${wanted.join(', ')})`,
  );

  if (manifest.private) continue;
  rule(manifest.license === 'Apache-2.0', `license must be Apache-2.0, not ${manifest.license}`);
  rule(manifest.repository?.directory === `packages/${folder}`, 'repository.directory must name the folder');
  rule(manifest.engines?.node === '>=20', `engines.node must be >=20, not ${manifest.engines?.node}`);
  rule(manifest.publishConfig?.access === 'public', 'publishConfig.access must be public');
  rule(manifest.files?.includes('dist'), 'files must include dist');
  rule(
    Object.keys(manifest.exports['.']).join() === 'types,default',
    'exports["."] must be {types, default}',
  );
  for (const [name, range] of Object.entries(manifest.peerDependencies ?? {})) {
    const other = peerRanges.get(name) ?? range;
    rule(range === other, `peer ${name} is ${range} here and ${other} in another package`);
    peerRanges.set(name, other);
  }
  for (const [name, range] of dependencies) {
    if (name.startsWith('@opentelemetry/'))
      rule(
        RUNTIME_OPENTELEMETRY.includes(name),
        `${name} must not be a run-time dependency (docs/decisions/0001)`,
      );
    if (name.startsWith('@llm-otel/'))
      rule(
        range === 'workspace:^',
        `${name} must be workspace:^, not ${range}, so that the published range allows fixes`,
      );
  }
  rule(!dependencies.some(([name]) => name === '@llm-otel/testing'), 'testing must be a dev dependency');
}

for (const problem of problems) console.error(`✖ ${problem}`);
console.log(`manifests: ${manifests.size} checked, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
