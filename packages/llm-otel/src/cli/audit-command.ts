import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  policyFromFile,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Findings } from './audit-findings.js';
import { spansOfOtlpJson } from './otlp-json-spans.js';
import type { Output } from './price-command.js';

const USAGE = `llm-otel audit <file> [--policy <file>]

  Shows what redaction would remove from recorded spans, or replace in them, without showing their content.

  <file>           OTLP as JSON, as the Collector's file exporter writes it: one object or array, or one per line
  --policy <file>  a redaction policy, as policyFromFile reads it, instead of the defaults; hashes need no key here
`;

/** @returns the exit code: 0 if the file was read, 2 for invalid arguments or an invalid file */
export async function auditCommand(args: string[], out: Output, problems: Output): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { policy: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) {
      out.write(USAGE);
      return 0;
    }
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0)
      throw new Error(`expected one file, got ${positionals.length}.\n\n${USAGE}`);
    const options = values.policy === undefined ? {} : policyFromFile(values.policy, { hmacKey: 'audit' });
    out.write((await auditFile(file, options)).report(file));
    return 0;
  } catch (error) {
    problems.write(`llm-otel audit: ${(error as Error).message}\n`);
    return 2;
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
  for await (const request of requestsIn(file)) {
    given = spansOfOtlpJson(request);
    exporter.export([...given], () => undefined);
  }
  return findings;
}

/** One request per line, or the whole file is one. The file is read only once, because it may be a pipe. */
async function* requestsIn(file: string): AsyncGenerator<unknown> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  const ofWhole: string[] = [];
  let hasRequests = false;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const request = ofWhole.length === 0 ? parse(line) : undefined;
    if (request === undefined && hasRequests) throw new Error(`${file}: line ${number} is not JSON.`);
    if (request === undefined) {
      ofWhole.push(line);
      continue;
    }
    hasRequests = true;
    yield request;
  }
  if (ofWhole.length === 0) return;
  const whole = parse(ofWhole.join('\n'));
  if (whole === undefined) throw new Error(`${file} is not JSON.`);
  yield whole;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
