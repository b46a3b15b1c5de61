import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  policyFromFile,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Findings } from './audit-findings.js';
import { jsonTextsIn } from './json-texts.js';
import { readOtlpJson } from './otlp-json-spans.js';
import type { Output } from './output.js';

const USAGE = `llm-otel audit <file> [--policy <file>]

  Shows what redaction would remove from recorded spans, or replace in them, without showing their content.

  <file>           OTLP as JSON, as the Collector's file exporter writes it: one object or array, or one per line;
                   - for the standard input, as in: zcat trace.json.gz | llm-otel audit -
  --policy <file>  a redaction policy, as policyFromFile reads it, instead of the defaults; hashes need no key here
`;

/** @returns the exit code: 0 if the file was read, 2 for invalid arguments or an invalid file */
export async function auditCommand(args: string[], out: Output, problems: Output): Promise<number> {
  try {
    const read = readArguments(args);
    if (read === undefined) {
      out.write(USAGE);
      return 0;
    }
    const { file, policy } = read;
    const options = policy === undefined ? {} : readPolicy(policy);
    out.write((await auditFile(file, options)).report(file));
    return 0;
  } catch (error) {
    problems.write(`llm-otel audit: ${(error as Error).message}\n`);
    return 2;
  }
}

/**
 * @returns `undefined` if only the usage is asked for
 * @throws Error that says which argument is wrong
 */
function readArguments(args: string[]): { file: string; policy: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { policy: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return undefined;
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0)
      throw new Error(`expected one file, got ${positionals.length}.`);
    return { file, policy: values.policy };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** @throws Error that names the file, which Node's error for a directory does not */
function readPolicy(path: string): RedactionOptions {
  try {
    return policyFromFile(path, { hmacKey: 'audit' });
  } catch (error) {
    if (error instanceof TypeError) throw error;
    throw new Error(`--policy ${path} can't be read: ${(error as Error).message}`);
  }
}

async function auditFile(file: string, options: RedactionOptions): Promise<Findings> {
  const findings = new Findings();
  let given: readonly ReadableSpan[] = [];
  const exporter = redactingSpanExporter(
    {
      export: (views) => {
        for (const [index, view] of views.entries()) findings.add(given[index] ?? view, view);
      },
      shutdown: async () => undefined,
    },
    options,
  );
  for await (const { value, place } of jsonTextsIn(chunksOf(file), file)) {
    const { spans, others } = readOtlpJson(value, place);
    given = spans;
    exporter.export([...spans], () => undefined);
    findings.addOthers(others);
  }
  if (!findings.areOfTraces) throw new Error(`${file}: logs or metrics, but no OTLP trace data.`);
  return findings;
}

/** Also a standard input that is a socket, as from a program in Node.js: it can't be opened by its path. */
async function* chunksOf(file: string): AsyncGenerator<string> {
  const isStandardInput = file === '-' || file === '/dev/stdin';
  try {
    yield* isStandardInput ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} can't be read: ${(error as Error).message}`);
  }
}
