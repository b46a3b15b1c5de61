// Packs every published package and checks the tarballs as a user gets them: publint, attw, and an empty
// project, outside the workspace, in which `import`, `require` and TypeScript all see one class.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { publishedPackages } from './published-packages.mjs';

const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'));
const workDirectory = mkdtempSync(join(tmpdir(), 'llm-otel-packed-'));
process.on('exit', () => rmSync(workDirectory, { recursive: true, force: true }));

let failed = 0;
function report(title, problem) {
  console.log(`${problem === '' ? '✔' : '✖'} ${title}`);
  if (problem === '') return;
  failed++;
  console.error(problem);
}
function check(title, command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  report(title, status === 0 ? '' : `exit code ${status}\n${stdout}${stderr}`);
}

const bin = (name) => resolve('node_modules', '.bin', name);
const tarballs = publishedPackages.map(({ folder, manifest }) => {
  const destination = join(workDirectory, 'tarballs');
  mkdirSync(destination, { recursive: true });
  const before = new Set(readdirSync(destination));
  execFileSync('npx', ['--yes', packageManager, 'pack', '--pack-destination', destination], {
    cwd: join('packages', folder),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = join(
    destination,
    readdirSync(destination).find((file) => !before.has(file)),
  );
  check(`publint ${manifest.name}`, bin('publint'), ['run', tarball, '--strict']);
  check(`attw ${manifest.name}`, bin('attw'), [tarball, '--profile', 'strict']);
  return tarball;
});

/** What is missing from an installed package, and what does not belong in one. */
function wrongContents(root) {
  const files = readdirSync(root, { recursive: true });
  const missing = ['LICENSE', 'README.md'].filter((file) => !files.includes(file));
  const strays = files.filter(
    (file) => !/^(?:dist|src)(?:\/|$)|^(?:LICENSE|README\.md|[\w.]+\.json)$/.test(file),
  );
  const unmapped = files
    .filter((file) => file.endsWith('.map'))
    .flatMap((file) => {
      const { sources, sourcesContent = [] } = JSON.parse(readFileSync(join(root, file), 'utf8'));
      // The source of bundled third-party code is only in the map.
      const isThere = (source, index) =>
        existsSync(resolve(root, dirname(file), source)) ||
        (source.includes('/node_modules/') && sourcesContent[index]);
      return sources.filter((source, index) => !isThere(source, index)).map((source) => `${file}: ${source}`);
    });
  return [
    ...missing.map((file) => `${file} is missing`),
    ...strays.map((file) => `${file} does not belong in the package`),
    ...unmapped.map((place) => `${place}: no such source`),
  ];
}

// An empty project with the packages, the API and an SDK, as a user has them.
const project = join(workDirectory, 'project');
mkdirSync(project);
writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true }');
check(
  'npm install of the tarballs in an empty project',
  'npm',
  [
    ...['install', '--no-audit', '--no-fund', '--loglevel', 'error'],
    ...['@opentelemetry/api@~1.9.1', '@opentelemetry/sdk-trace-base@^2.12.1', `@types/node@20`, ...tarballs],
  ],
  { cwd: project },
);

const namesOf = publishedPackages.map(({ manifest }) => manifest.name);
for (const name of namesOf)
  report(`contents of ${name}`, wrongContents(join(project, 'node_modules', name)).join('\n'));
writeFileSync(
  join(project, 'same.mjs'),
  `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
for (const name of ${JSON.stringify(namesOf)}) {
  const required = require(name);
  const imported = await import(name);
  const names = Object.keys(required);
  if (names.length === 0) throw new Error(name + ' exports nothing');
  for (const each of names)
    if (imported[each] !== required[each]) throw new Error(name + ': ' + each + ' differs between import and require');
}
`,
);
check('import and require give the same class', process.execPath, ['same.mjs'], { cwd: project });

// A bundler leaves out what a package says has no side effects.
writeFileSync(join(project, 'registered.mjs'), `import 'llm-otel/register';\n`);
const bundle = ['registered.mjs', '--platform', 'node', '--format', 'cjs', '--file', 'bundled.cjs'];
check('a bundle of llm-otel/register', bin('rolldown'), bundle, { cwd: project });
const bundled = `require('node:fs').readFileSync('bundled.cjs', 'utf8').includes('OTEL_SDK_DISABLED') || process.exit(1)`;
check('a bundle keeps llm-otel/register', process.execPath, ['-e', bundled], { cwd: project });

const everyPackage = namesOf.map((name, index) => `import * as package${index} from '${name}';`);
const usage = `${everyPackage.join('\n')}
import { BatchingSpanExporter, createLlmSpanProcessors, LlmCostSpanProcessor, readLlmCall } from 'llm-otel';
import { PriceCatalog } from '@llm-otel/pricing';
import { BasicTracerProvider, InMemorySpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

const exporter = new BatchingSpanExporter(new InMemorySpanExporter());
const spanProcessors: SpanProcessor[] = createLlmSpanProcessors({ exporter, cost: { unknownModel: 'zero' } });
new BasicTracerProvider({ spanProcessors: [...spanProcessors, new LlmCostSpanProcessor()] });
const accepted: number = exporter.stats().accepted;
const usd: number | undefined = new PriceCatalog().quote({ model: 'gpt-4o', usage: { inputTokens: 1, outputTokens: 1 } })?.totalUsd;
export const packages: object[] = [${namesOf.map((_, index) => `package${index}`).join(', ')}];
export const used: unknown[] = [accepted, usd, readLlmCall({ attributes: {} })?.usage?.inputTokens];
// @ts-expect-error - an option that does not exist is a compile error
createLlmSpanProcessors({ exporters: [] });
`;
writeFileSync(join(project, 'usage.cts'), usage);
writeFileSync(join(project, 'usage.mts'), usage);
writeFileSync(
  join(project, 'tracing.mts'),
  `import * as tracing from '@llm-otel/tracing';\nexport const used: object = tracing;\n`,
);

function checkTypes(file, sdk) {
  check(
    `types of ${file} with ${sdk}, library types checked too`,
    bin('tsc'),
    [...['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node', file]],
    { cwd: project },
  );
}
function npm(...args) {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: project });
}
for (const file of ['usage.cts', 'usage.mts']) checkTypes(file, 'SDK 2');
npm('install', '@opentelemetry/sdk-trace-base@~1.30.1');
checkTypes('usage.mts', 'SDK 1.30');
npm('uninstall', '@opentelemetry/sdk-trace-base');
checkTypes('tracing.mts', 'no SDK');

console.log(`packages: ${publishedPackages.length} packed, ${failed} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;
