import type { RedactionOptions } from '@llm-otel/redaction-span-processor';
import type { LlmConvention } from '@llm-otel/tracing';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where spans go when there is no provider yet. */
export type ExporterName = 'otlp' | 'console' | 'none';

/** What the environment asks for. */
export interface Settings {
  readonly disabled: boolean;
  readonly exporter: ExporterName;
  readonly sampler: SamplerSetting;
  readonly propagators: readonly PropagatorName[];
  readonly conventions: readonly LlmConvention[];
  readonly captureContent: boolean;
  readonly redaction: RedactionOptions;
  /** What is wrong with the environment, and what was done instead; for `diag`. */
  readonly problems: readonly string[];
}

export interface SamplerSetting {
  /** Whether a parent's decision is taken over. */
  readonly parentBased: boolean;
  /** Share of the traces that are sampled, 0 to 1. */
  readonly ratio: number;
}

export type PropagatorName = 'tracecontext' | 'baggage';

const contentActions = ['remove', 'mask', 'hash', 'keep'] as const;

/** Reads the variables that `README.md` lists; a wrong value is reported, and its default taken. */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = [];
  const read = (name: string) => environment[name]?.trim() || undefined;
  const reject = (name: string, expected: string, taken: string) => {
    problems.push(`${name} must be ${expected}, not "${environment[name]}": ${taken}`);
  };
  const flag = (name: string) => {
    const value = read(name)?.toLowerCase();
    if (value !== undefined && value !== 'true' && value !== 'false')
      reject(name, '"true" or "false"', 'taken for "false"');
    return value === 'true';
  };
  const oneOf = <Value extends string>(name: string, allowed: readonly Value[], fallback: Value): Value => {
    const value = read(name);
    if (value === undefined) return fallback;
    const found = allowed.find((each) => each === value.toLowerCase());
    if (found === undefined) reject(name, allowed.join(', '), `"${fallback}" is used`);
    return found ?? fallback;
  };
  const listOf = <Value extends string>(name: string, allowed: readonly Value[]): readonly Value[] => {
    const given = read(name)?.split(',') ?? [];
    const names = given.map((each) => each.trim().toLowerCase()).filter((each) => each !== '');
    const known = allowed.filter((each) => names.includes(each));
    if (names.some((each) => !allowed.some((name) => name === each)))
      reject(name, `a list of ${allowed.join(', ')}`, 'the others are left out');
    return known.length === 0 ? allowed : known;
  };

  const protocol = read('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? read('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (protocol !== undefined && protocol !== 'http/protobuf')
    problems.push(`OTEL_EXPORTER_OTLP_PROTOCOL "${protocol}" is not there: "http/protobuf" is used`);

  const redaction = readRedaction();
  return {
    disabled: flag('OTEL_SDK_DISABLED'),
    exporter: oneOf('OTEL_TRACES_EXPORTER', ['otlp', 'console', 'none'], 'otlp'),
    sampler: readSampler(),
    propagators:
      read('OTEL_PROPAGATORS') === 'none' ? [] : listOf('OTEL_PROPAGATORS', ['tracecontext', 'baggage']),
    conventions: listOf('LLM_OTEL_CONVENTIONS', ['llm', 'gen_ai']),
    captureContent: flag('LLM_OTEL_CAPTURE_CONTENT'),
    redaction,
    problems,
  };

  /** Whatever is wrong, content is removed. */
  function readRedaction(): RedactionOptions {
    const content = oneOf('LLM_OTEL_REDACTION', contentActions, 'remove');
    const hmacKey = read('LLM_OTEL_REDACTION_HMAC_KEY');
    if (content !== 'hash') return { content };
    if (hmacKey !== undefined) return { content, hmacKey };
    problems.push('LLM_OTEL_REDACTION "hash" needs LLM_OTEL_REDACTION_HMAC_KEY: "remove" is used');
    return { content: 'remove' };
  }

  function readSampler(): SamplerSetting {
    const name = oneOf(
      'OTEL_TRACES_SAMPLER',
      [
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
        'always_on',
        'always_off',
        'traceidratio',
      ],
      'parentbased_always_on',
    );
    const parentBased = name.startsWith('parentbased_');
    if (name.endsWith('always_off')) return { parentBased, ratio: 0 };
    if (name.endsWith('always_on')) return { parentBased, ratio: 1 };
    const argument = read('OTEL_TRACES_SAMPLER_ARG');
    const ratio = Number(argument ?? 1);
    if (ratio >= 0 && ratio <= 1) return { parentBased, ratio };
    reject('OTEL_TRACES_SAMPLER_ARG', 'a number from 0 to 1', '1 is used');
    return { parentBased, ratio: 1 };
  }
}
