// A program that makes calls of one variant as often as it is told to, and answers what one took.
import { installContextManager } from '@llm-otel/testing';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type Scenario, type Variants, variantsOf } from '../support/call-variants.js';
import { cpuMicros } from '../support/cpu-micros.js';

const [scenario, variant = '', baseURL] = process.argv.slice(2);
// As an application with OpenTelemetry has it: from the first time that a context is active on, every promise costs
// more on Node 20, traced or not.
installContextManager();
context.with(ROOT_CONTEXT, () => {});
const variants: Variants = variantsOf[scenario as Scenario](baseURL);
const work = variants[variant];
if (work === undefined) throw new Error(`${scenario} has no variant "${variant}"`);

process.on('message', async (times: number) => {
  const micros = await cpuMicros(work, times);
  process.send?.(micros);
});
