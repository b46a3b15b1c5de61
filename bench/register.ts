// What `node --import llm-otel/register` adds to the start of a process, beside a pipeline of stock parts with no
// instrumentation at all. CPU of the whole process, which the rest of the machine disturbs less than its time. Rounds
// alternate; medians over rounds, of differences in pairs.
// npx tsx bench/register.ts [--brief]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, round } from './support/statistics.js';

const rounds = process.argv.includes('--brief') ? 3 : 25;

const stock = `
  const { trace } = require('@opentelemetry/api');
  const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base');
  const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-proto');
  const spanProcessors = [new BatchSpanProcessor(new OTLPTraceExporter())];
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }));
`;
const loadClient = "require('openai');";
const tell = 'process.stdout.write(JSON.stringify([process.cpuUsage(), performance.now()]));';

const variants = {
  plain: { cwd: __dirname, args: [], code: loadClient },
  stock: { cwd: __dirname, args: [], code: `${stock}${loadClient}` },
  // The package is found by its own name from there.
  register: {
    cwd: join(__dirname, '..', 'packages', 'llm-otel'),
    args: ['--import', 'llm-otel/register'],
    code: loadClient,
  },
};
type Variant = keyof typeof variants;
const names = Object.keys(variants) as Variant[];

interface Start {
  readonly cpuMillis: number;
  readonly millis: number;
}

function start({ cwd, args, code }: (typeof variants)[Variant]): Start {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...args, '-e', `${code}${tell}`], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const [{ user, system }, millis] = JSON.parse(stdout);
  return { cpuMillis: (user + system) / 1000, millis };
}

const roundedMedian = (values: readonly number[]) => round(median(values), 0);

for (const name of names) start(variants[name]);
const starts = Array.from({ length: rounds }, () => {
  const each = {} as Record<Variant, Start>;
  for (const name of names) each[name] = start(variants[name]);
  return each;
});

const added = (name: Variant, what: keyof Start) =>
  roundedMedian(starts.map((each) => each[name][what] - each.plain[what]));
console.log(
  JSON.stringify(
    {
      bench: 'register',
      node: process.version,
      rounds,
      plain: {
        cpuMillis: roundedMedian(starts.map(({ plain }) => plain.cpuMillis)),
        millis: roundedMedian(starts.map(({ plain }) => plain.millis)),
      },
      added: Object.fromEntries(
        (['stock', 'register'] as const).map((name) => [
          name,
          { cpuMillis: added(name, 'cpuMillis'), millis: added(name, 'millis') },
        ]),
      ),
    },
    null,
    2,
  ),
);
