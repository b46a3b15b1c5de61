// Runs one peer's real package over scenarios, and hands over the spans that it wrote.
//
//   node run-recorder.mjs <peer> <scenario> <openAiBaseUrl> <anthropicBaseUrl> [--processors <URL of a module>] [--otlp <url>]
//
// prints JSON. Forked with a channel and without a scenario, it takes one message `{ scenario, openAiBaseUrl,
// anthropicBaseUrl }` after the other and answers each with the same JSON.
import { parseArgs } from 'node:util';
import { load } from './child/load.mjs';
import { otlpExporter, processorFor } from './child/otlp.mjs';
import { recordingProvider } from './child/recording.mjs';
import { findCanaries } from './scenarios/canaries.mjs';
import { allScenariosOf } from './scenarios/index.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { processors: { type: 'string' }, otlp: { type: 'string' } },
});
const [peer, scenarioName, openAiBaseUrl, anthropicBaseUrl] = positionals;

// Before anything else is loaded, as an application registers them.
const { provider, recorder } = recordingProvider([
  ...(values.processors === undefined ? [] : (await import(values.processors)).default()),
  ...(values.otlp === undefined ? [] : [processorFor(otlpExporter(values.otlp))]),
]);
const recorderModule = await import(`./recorders/${peer}.mjs`);
const prepared = await recorderModule.prepare({ tracerProvider: provider });

// What a peer does to the process of the application that it observes.
const incidents = [];
for (const event of ['unhandledRejection', 'uncaughtException'])
  process.on(event, (error) => incidents.push(`${event}: ${String(error).split('\n')[0]}`));

if (process.send === undefined) {
  console.log(
    JSON.stringify(await record({ scenario: scenarioName, openAiBaseUrl, anthropicBaseUrl }), null, 2),
  );
  process.exit(0);
} else {
  process.on('message', async (message) => process.send(await record(message)));
  process.send('ready');
}

async function record({ scenario: name, ...urls }) {
  const scenario = allScenariosOf(recorderModule).find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`${peer} has no scenario ${name}`);
  const subject = prepared.connect(urls);
  let thrown;
  const { root = inRootSpan } = prepared;
  await root(async () => {
    try {
      await scenario.run(subject);
    } catch (error) {
      thrown = error;
      // As the instrumentation of a server does with what its handlers throw.
      if (values.processors !== undefined) recordOnActiveSpan(error);
    }
  });
  // What ends spans after the call has answered: callbacks, iterators in the background.
  await new Promise((resolve) => setTimeout(resolve, 60));
  await prepared.flush?.();
  await provider.forceFlush();
  const taken = recorder.take();
  return {
    peer,
    scenario: name,
    spans: [...taken.spans, ...(prepared.takeSpans?.() ?? [])],
    lostSpans: taken.lost,
    incidents: incidents.splice(0),
    thrown: thrown === undefined ? undefined : `${thrown.name}: ${String(thrown.message)}`,
    thrownAt: scenario.fails ? undefined : thrown?.stack,
    markers: findCanaries(JSON.stringify(taken.spans)).filter((word) => word.startsWith('Marker')),
  };
}

function recordOnActiveSpan(error) {
  const { SpanStatusCode, trace } = load('@opentelemetry/api');
  const span = trace.getActiveSpan();
  span?.recordException(error);
  span?.setStatus({ code: SpanStatusCode.ERROR, message: String(error.message) });
}

/** The span of the application's own request, which the calls belong to. */
function inRootSpan(fn) {
  return provider.getTracer('application').startActiveSpan('POST /answer', async (span) => {
    try {
      return await fn();
    } finally {
      span.end();
    }
  });
}
