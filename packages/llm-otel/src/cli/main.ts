#!/usr/bin/env node
import { auditCommand } from './audit-command.js';
import { priceCommand } from './price-command.js';

const USAGE = `llm-otel price <model> --input <tokens> --output <tokens> [options]   what a call costs, and by which price entry
llm-otel audit <file> [--policy <file>]                              what redaction would remove from recorded spans
llm-otel --version                                                   the version of llm-otel
llm-otel --help                                                      this text
`;

// Whoever reads the output, such as `head`, may stop early.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const [command, ...args] = process.argv.slice(2);
if (command === 'price') {
  process.exitCode = priceCommand(args, process.stdout, process.stderr);
} else if (command === 'audit') {
  auditCommand(args, process.stdout, process.stderr).then((code) => {
    process.exitCode = code;
  });
} else if (command === undefined || ['--help', '-h', 'help'].includes(command)) {
  process.stdout.write(USAGE);
} else if (command === '--version') {
  process.stdout.write(`${require('llm-otel/package.json').version}\n`);
} else {
  process.stderr.write(`llm-otel: unknown command "${command}".\n\n${USAGE}`);
  process.exitCode = 2;
}
