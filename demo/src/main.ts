import { parseArgs } from 'node:util';
import { ledgerLine, tableLines } from './print.js';
import { runDemo } from './run-demo.js';

const { values } = parseArgs({
  options: {
    live: { type: 'boolean', default: false },
    'without-redaction': { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  // An empty variable counts as unset.
  const otlpEndpoint =
    process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || process.env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined;
  const result = await runDemo({
    redaction: !values['without-redaction'],
    live: values.live,
    otlpEndpoint,
  });
  const { rows, leaks, ledger } = result;
  const unsent = ledger.accepted - ledger.exported;

  // What is before an `@` may be a password.
  const destination =
    otlpEndpoint?.replace(/\/\/.*@/, '//') ?? 'an OTLP receiver, over HTTP; this is what it decoded';
  console.log(`${rows.length} LLM calls traced${unsent === 0 ? ` and sent to ${destination}` : ''}.\n`);
  for (const line of tableLines(rows)) console.log(line);
  const priced = rows.filter((row) => row.costUsd !== undefined);
  const total = priced.reduce((sum, row) => sum + (row.costUsd ?? 0), 0);
  console.log(`\ntotal     ${total.toFixed(6)} USD in ${priced.length} priced calls`);
  console.log(`redaction ${result.removedValues} values of content removed`);
  console.log(`ledger    ${ledgerLine(ledger)}`);

  if (unsent > 0) {
    console.error(
      `\nNOT SENT: ${unsent} of ${ledger.accepted} spans did not reach ${destination}: ${result.error?.message ?? 'no answer'}`,
    );
    process.exitCode = 1;
  }
  if (leaks === undefined) return;
  if (leaks.length === 0) {
    console.log('leaks     none: no prompt, system prompt, response or error message reached the receiver');
    return;
  }
  console.error(`\nLEAK: ${leaks.length} texts of prompts, responses or errors reached the receiver:`);
  for (const leak of leaks) console.error(`  ${leak}`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
