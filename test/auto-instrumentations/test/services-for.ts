import { existsSync } from 'node:fs';
import type { Context } from 'mocha';
import { Services } from '../../../packages/llm-otel/test/register/services.js';

/** What the applications of a suite need; where their Node is not there, the suite is skipped, but not in CI. */
export async function servicesFor(suite: Context, node: string): Promise<Services> {
  if (!existsSync(node)) {
    const reason = `${node} is not there: npm has it for Linux x64 only`;
    if (process.env.CI === 'true') throw new Error(reason);
    console.log(`      skipped: ${reason}`);
    suite.skip();
  }
  return Services.start();
}
