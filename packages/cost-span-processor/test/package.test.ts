import { execFileSync } from 'node:child_process';
import * as cost from '@llm-otel/cost-span-processor';
import { expect } from 'chai';

describe('@llm-otel/cost-span-processor', () => {
  it('exports these names', () => {
    expect(Object.keys(cost).sort()).to.deep.equal(['LlmCostSpanProcessor']);
  });

  it('gives import and require the same class', async () => {
    const imported = await import('@llm-otel/cost-span-processor');
    expect(imported.LlmCostSpanProcessor).to.equal(
      require('@llm-otel/cost-span-processor').LlmCostSpanProcessor,
    );
  });

  it('imports no SDK, nothing of @opentelemetry/core, and no price data', () => {
    const script = `require('@llm-otel/cost-span-processor');
      console.log(Object.keys(require.cache).filter((path) => /sdk-trace|opentelemetry.core|@pydantic/.test(path)).length);`;
    const output = execFileSync(process.execPath, ['-e', script], { cwd: __dirname, encoding: 'utf8' });
    expect(output.trim()).to.equal('0');
  });
});
