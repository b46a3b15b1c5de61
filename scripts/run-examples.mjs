// Runs each example, shows its output, and compares it with the comment that the example ends with.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

let failed = 0;
const examples = readdirSync('examples').filter((file) => file.endsWith('.mjs'));
for (const example of examples) {
  const source = readFileSync(`examples/${example}`, 'utf8');
  const lines = source.trimEnd().split('\n');
  const start = lines.findLastIndex((line) => !line.startsWith('//')) + 1;
  const expected = lines
    .slice(start)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join('\n');

  const { status, stdout, stderr } = spawnSync(process.execPath, [`examples/${example}`], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  console.log(`── ${example}\n${stdout.trimEnd()}`);
  if (status === 0 && stdout.trimEnd() === expected) continue;
  failed++;
  console.error(status === 0 ? `✖ expected this output:\n${expected}` : `✖ exit code ${status}\n${stderr}`);
}
console.log(`examples: ${examples.length} run, ${failed} failed`);
process.exitCode = failed === 0 && examples.length > 0 ? 0 : 1;
