import { execFileSync } from 'node:child_process';
import * as pricing from '@llm-otel/pricing';
import { expect } from 'chai';

describe('@llm-otel/pricing', () => {
  it('exports these names', () => {
    expect(Object.keys(pricing).sort()).to.deep.equal([
      'PriceCatalog',
      'calculateCost',
      'keepPricesFresh',
      'knownModels',
      'refreshPrices',
    ]);
  });

  it('gives import and require the same class', async () => {
    const imported = await import('@llm-otel/pricing');
    expect(imported.PriceCatalog).to.equal(require('@llm-otel/pricing').PriceCatalog);
  });

  it('loads the price data when a catalogue is created, not on import, and never OpenTelemetry', () => {
    const script = `
      const loaded = (name) => Object.keys(require.cache).some((path) => path.includes(name));
      const { PriceCatalog } = require('@llm-otel/pricing');
      const before = loaded('@pydantic');
      new PriceCatalog();
      console.log(JSON.stringify([before, loaded('@pydantic'), loaded('opentelemetry')]));`;
    const output = execFileSync(process.execPath, ['-e', script], { cwd: __dirname, encoding: 'utf8' });
    expect(JSON.parse(output)).to.deep.equal([false, true, false]);
  });
});
