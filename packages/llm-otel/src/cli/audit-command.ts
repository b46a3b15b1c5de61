import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  policyFromFile,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Findings } from './audit-findings.js';
import { readOtlpJson } from './otlp-json-spans.js';
import type { Output } from './output.js';

const USAGE = `llm-otel audit <file> [--policy <file>]

  Shows what redaction would remove from recorded spans, or replace in them, without showing their content.

  <file>           OTLP as JSON, as the Collector's file exporter writes it: one object or array, or one per line;
                   /dev/stdin for a pipe, as in: zcat trace.json.gz | llm-otel audit /dev/stdin
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
    const options = policy === undefined ? {} : policyFromFile(policy, { hmacKey: 'audit' });
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
  for await (const { request, place } of requestsIn(file)) {
    const { spans, others } = readOtlpJson(request, place);
    given = spans;
    exporter.export([...spans], () => undefined);
    findings.addOthers(others);
  }
  if (!findings.areOfTraces) throw new Error(`${file}: logs or metrics, but no OTLP trace data.`);
  return findings;
}

/** A request from a file, and its place in that file, for messages. */
interface Request {
  readonly request: unknown;
  readonly place: string;
}

/** One request per line, or the whole file is one. The file is read only once, because it may be a pipe. */
async function* requestsIn(file: string): AsyncGenerator<Request> {
  const ofWhole: string[] = [];
  let hasRequests = false;
  let number = 0;
  for await (const line of linesIn(file)) {
    number += 1;
    if (line.trim() === '') continue;
    const request = ofWhole.length === 0 ? parse(line) : undefined;
    if (request === undefined && hasRequests) throw new Error(`${file}: line ${number} is not JSON.`);
    if (request === undefined) {
      ofWhole.push(line);
      continue;
    }
    hasRequests = true;
    yield { request, place: `${file}: line ${number}` };
  }
  if (ofWhole.length === 0) return;
  const whole = parse(ofWhole.join('\n'));
  if (whole === undefined) throw new Error(`${file} is not JSON.`);
  yield { request: whole, place: file };
}

/** Not by `readline`: in Node 24, it also ends a line at U+2028, which JSON may contain. */
async function* linesIn(file: string): AsyncGenerator<string> {
  let line: string[] = [];
  for await (const chunk of createReadStream(file, 'utf8')) {
    const [first = '', ...others] = String(chunk).split('\n');
    line.push(first);
    for (const next of others) {
      yield line.join('');
      line = [next];
    }
  }
  yield line.join('');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
