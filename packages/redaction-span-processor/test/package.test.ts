import { execFileSync } from 'node:child_process';
import * as redaction from '@llm-otel/redaction-span-processor';
import { expect } from 'chai';

const names = [
  'LlmRedactionSpanProcessor',
  'policyFromFile',
  'redactingLogRecordExporter',
  'redactingSpanExporter',
  'redactingSpanProcessor',
] as const;

describe('@llm-otel/redaction-span-processor', () => {
  it('exports these names', () => {
    expect(Object.keys(redaction).sort()).to.deep.equal([...names]);
  });

  it('gives import and require the same class and functions', async () => {
    const imported = await import('@llm-otel/redaction-span-processor');
    const required = require('@llm-otel/redaction-span-processor');
    for (const name of names) expect(imported[name], name).to.be.a('function').and.equal(required[name]);
  });

  it('imports no SDK and nothing of @opentelemetry/core', () => {
    const script = `require('@llm-otel/redaction-span-processor');
      console.log(Object.keys(require.cache).filter((path) => /sdk-trace|sdk-logs|opentelemetry.core/.test(path)).length);`;
    const output = execFileSync(process.execPath, ['-e', script], { cwd: __dirname, encoding: 'utf8' });
    expect(output.trim()).to.equal('0');
  });
});
