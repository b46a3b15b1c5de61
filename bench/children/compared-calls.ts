// A program that compares the variants of one scenario, by turns, and sends what each took.
import { installContextManager } from '@llm-otel/testing';
import { type Scenario, variantsOf } from '../support/call-variants.js';
import { compare } from '../support/compare.js';

const [scenario = '', rounds = '', baseURL] = process.argv.slice(2);

async function main(): Promise<void> {
  // As an application with OpenTelemetry has it; on Node 20 it costs every promise, traced or not.
  installContextManager();
  const variants = variantsOf[scenario as Scenario](baseURL);
  const figures = await compare(variants, JSON.parse(rounds));
  // Sockets are kept.
  process.send?.(figures, () => process.exit());
}

void main();
