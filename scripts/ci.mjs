// All checks, one after the other. Every step runs, even if an earlier one fails.
import { spawn } from 'node:child_process';

const steps = [
  ['npm test', 'npm', ['test']],
  ['100,000 random spans through redaction', 'npm', ['run', 'test:redaction']],
  ['recorded traces of the real peer packages', 'npm', ['run', 'test:peers']],
  [
    'what the real peer packages write, against the recordings',
    'npm',
    ['run', 'record:check', '--prefix', 'test/peers'],
  ],
  ['the OpenTelemetry Collector', 'npm', ['run', 'test:interop']],
  ['what Phoenix and MLflow show', 'npm', ['run', 'test:backends']],
  ['register beside auto-instrumentations-node', 'npm', ['run', 'test:auto-instrumentations']],
  ['canaries through the real peer packages', 'npm', ['run', 'test:canaries']],
  ['lint', 'npm', ['run', 'lint']],
  ['manifests and packed packages', 'npm', ['run', 'check:packages']],
  ['examples', 'npm', ['run', 'examples']],
  ['demo', 'npm', ['run', 'demo']],
  ['benches, briefly', 'npm', ['run', 'bench', '--', '--brief']],
  ['bench of masking, briefly', 'npm', ['run', '-s', 'bench', '--prefix', 'test/peers', '--', '--brief']],
];

/** Runs a command and shows its output. @returns its exit code and what it printed */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}

const failures = [];
let passed = 0;
let failed = 0;
for (const [title, command, args] of steps) {
  const startedAt = Date.now();
  console.log(`\n════ ${title}`);
  const { code, output } = await run(command, args);
  console.log(
    `════ ${title}: ${code === 0 ? 'ok' : `exit code ${code}`}, ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  // Tests count one by one, any other step as one.
  const passing = Number(/^\s*(\d+) passing/m.exec(output)?.[1] ?? 0);
  const failing = Number(/^\s*(\d+) failing/m.exec(output)?.[1] ?? 0);
  passed += passing > 0 ? passing : Number(code === 0);
  failed += failing > 0 ? failing : Number(code !== 0);
  if (code !== 0) failures.push(title);
}

if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
