import type { BatchingOptions } from '@llm-otel/batching-exporter';
import type { LlmCostSpanProcessorOptions, MirrorName } from '@llm-otel/cost-span-processor';
import { policyFromFile, type RedactionOptions } from '@llm-otel/redaction-span-processor';
import type { LlmConvention } from '@llm-otel/tracing';
import type { SpanLimits } from '@opentelemetry/sdk-trace';
import { readPricesFile } from '../prices-file.js';
import { readBatching } from './batching-options.js';
import { type Environment, EnvironmentReader } from './environment-reader.js';
import { type ResourceDetectorName, readResourceDetectors } from './resource-detectors.js';
import { readSpanLimits } from './span-limits.js';

/** The settings in the environment. */
export interface Settings {
  readonly disabled: boolean;
  /** Where spans go when there is no provider yet. */
  readonly exporter: 'otlp' | 'console' | 'none';
  readonly sampler: SamplerSetting;
  readonly spanLimits: SpanLimits;
  readonly batching: BatchingOptions;
  readonly resourceDetectors: readonly ResourceDetectorName[];
  readonly propagators: readonly ('tracecontext' | 'baggage')[];
  readonly conventions: readonly LlmConvention[];
  readonly captureContent: boolean;
  /** Whether OpenAI's streams of chat completions and completions are asked for their usage. */
  readonly includeUsage: boolean;
  /** Names of providers by the hosts of base URLs. */
  readonly providers: Readonly<Record<string, string>>;
  readonly cost: LlmCostSpanProcessorOptions;
  readonly redaction: RedactionOptions;
  /** Directory in which unsent spans are kept; `undefined` for none. */
  readonly storageDirectory: string | undefined;
  readonly logLevel: LogLevel;
  /** Problems with the environment, and what was done instead. */
  readonly problems: readonly string[];
  /** Problems with settings that only a provider created here uses: the application's SDK may well know such values. */
  readonly providerProblems: readonly string[];
}

/** Log levels, as OpenTelemetry names them. */
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface SamplerSetting {
  /** Whether the parent's decision is followed. */
  readonly parentBased: boolean;
  /** Ratio of sampled traces, 0 to 1. */
  readonly ratio: number;
}

const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;

const LOG_LEVELS = ['all', 'verbose', 'debug', 'info', 'warn', 'error', 'none'] as const;

const MIRRORS: readonly MirrorName[] = ['openinference', 'gen_ai', 'openlit', 'langfuse', 'logfire'];

/** Reads the variables that `README.md` lists. An invalid value is reported, and its default used. */
export function readSettings(environment: Environment): Settings {
  const reader = new EnvironmentReader(environment);
  const providers = new EnvironmentReader(environment);
  const configFile = providers.text('OTEL_CONFIG_FILE');
  if (configFile !== undefined)
    providers.problems.push(`OTEL_CONFIG_FILE is "${configFile}", which is ignored: only variables are read`);
  return {
    disabled: reader.flag('OTEL_SDK_DISABLED'),
    exporter: providers.oneOf('OTEL_TRACES_EXPORTER', ['otlp', 'console', 'none'], 'otlp'),
    sampler: readSampler(providers),
    spanLimits: readSpanLimits(providers),
    batching: readBatching(providers),
    resourceDetectors: readResourceDetectors(providers),
    propagators: providers.names('OTEL_PROPAGATORS').includes('none')
      ? []
      : providers.listOf('OTEL_PROPAGATORS', ['tracecontext', 'baggage']),
    conventions: reader.listOf('LLM_OTEL_CONVENTIONS', ['llm', 'gen_ai']),
    captureContent: reader.flag('LLM_OTEL_CAPTURE_CONTENT'),
    includeUsage: reader.flag('LLM_OTEL_INCLUDE_USAGE'),
    providers: reader.namesByHost('LLM_OTEL_PROVIDERS'),
    cost: readCost(reader),
    redaction: readRedaction(reader),
    storageDirectory: providers.text('LLM_OTEL_STORAGE_DIRECTORY'),
    logLevel: reader.oneOf('OTEL_LOG_LEVEL', LOG_LEVELS, 'warn'),
    problems: reader.problems,
    providerProblems: providers.problems,
  };
}

function readSampler(reader: EnvironmentReader): SamplerSetting {
  const name = reader.oneOf('OTEL_TRACES_SAMPLER', SAMPLERS, 'parentbased_always_on');
  const parentBased = name.startsWith('parentbased_');
  if (!name.endsWith('traceidratio')) return { parentBased, ratio: name.endsWith('on') ? 1 : 0 };
  const ratio = Number(reader.text('OTEL_TRACES_SAMPLER_ARG') ?? 1);
  if (ratio >= 0 && ratio <= 1) return { parentBased, ratio };
  reader.reject('OTEL_TRACES_SAMPLER_ARG', 'a number from 0 to 1', '1 is used');
  return { parentBased, ratio: 1 };
}

function readCost(reader: EnvironmentReader): LlmCostSpanProcessorOptions {
  const mirror = reader.listOf('LLM_OTEL_COST_MIRROR', MIRRORS, []);
  const path = reader.text('LLM_OTEL_PRICES');
  if (path === undefined) return { mirror };
  try {
    return { mirror, overrides: readPricesFile(path) };
  } catch (error) {
    const { message } = error as Error;
    reader.problems.push(`LLM_OTEL_PRICES can't be used (${message}): only the catalogue's prices are used`);
    return { mirror };
  }
}

/** If anything is wrong, content is removed. */
function readRedaction(reader: EnvironmentReader): RedactionOptions {
  const policyPath = reader.text('LLM_OTEL_REDACTION_POLICY');
  const hmacKey = reader.text('LLM_OTEL_REDACTION_HMAC_KEY');
  if (policyPath !== undefined) return readPolicy(reader, policyPath, hmacKey);
  const content = reader.oneOf('LLM_OTEL_REDACTION', ['remove', 'mask', 'hash', 'keep'], 'remove');
  if (content !== 'hash') return { content };
  if (hmacKey !== undefined) return { content, hmacKey };
  reader.problems.push(
    'LLM_OTEL_REDACTION is "hash", which needs LLM_OTEL_REDACTION_HMAC_KEY: "remove" is used instead',
  );
  return { content: 'remove' };
}

function readPolicy(reader: EnvironmentReader, path: string, hmacKey: string | undefined): RedactionOptions {
  if (reader.text('LLM_OTEL_REDACTION') !== undefined)
    reader.problems.push('LLM_OTEL_REDACTION is ignored, because LLM_OTEL_REDACTION_POLICY is set');
  try {
    return policyFromFile(path, { hmacKey });
  } catch (error) {
    reader.problems.push(
      `LLM_OTEL_REDACTION_POLICY can't be used (${(error as Error).message}): content is removed`,
    );
    return { content: 'remove' };
  }
}
