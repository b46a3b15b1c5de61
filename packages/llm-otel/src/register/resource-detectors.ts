import type { EnvironmentReader } from './environment-reader.js';

/**
 * The detectors that `@opentelemetry/resources` has, under the names of OpenTelemetry's SDK for Node.js. What `env` reads
 * was set on purpose: it comes last, and so takes precedence.
 */
const DETECTORS = ['host', 'os', 'process', 'serviceinstance', 'env'] as const;

export type ResourceDetectorName = (typeof DETECTORS)[number];

/** The SDK's limit, for keys and for values. */
const MAX_ATTRIBUTE_LENGTH = 255;

/**
 * Which detectors describe the resource. By default only `env`: of what the others find, much is of no use for LLM calls,
 * and the arguments of a process may be secrets.
 */
export function readResourceDetectors(reader: EnvironmentReader): readonly ResourceDetectorName[] {
  const names = reader.listOf('OTEL_NODE_RESOURCE_DETECTORS', [...DETECTORS, 'all', 'none'], ['env']);
  const detectors = names.includes('none')
    ? []
    : DETECTORS.filter((each) => names.includes('all') || names.includes(each));
  if (detectors.includes('env')) checkResourceAttributes(reader);
  else reportIgnored(reader);
  return detectors;
}

/** OpenTelemetry's SDK for Node.js ignores them, too, but silently. */
function reportIgnored(reader: EnvironmentReader): void {
  const variables = ['OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES'];
  const ignored = variables.filter((name) => reader.text(name) !== undefined);
  if (ignored.length > 0)
    reader.problems.push(
      `${ignored.join(' and ')} ${ignored.length > 1 ? 'are' : 'is'} ignored, because OTEL_NODE_RESOURCE_DETECTORS ` +
        'does not include "env"',
    );
}

/** The SDK reads them, and says only at level `debug` that it ignores all of them if one is invalid. */
function checkResourceAttributes(reader: EnvironmentReader): void {
  const name = 'OTEL_RESOURCE_ATTRIBUTES';
  const expected = `comma-separated key=value pairs, percent-encoded, of up to ${MAX_ATTRIBUTE_LENGTH} characters`;
  if (!reader.list(name).every(isResourceAttribute)) reader.reject(name, expected, 'the SDK ignores it');
}

function isResourceAttribute(pair: string): boolean {
  const parts = pair.split('=').map((part) => part.trim());
  try {
    const isShort = parts.every((part) => decodeURIComponent(part).length <= MAX_ATTRIBUTE_LENGTH);
    return parts.length === 2 && parts[0] !== '' && isShort;
  } catch {
    return false;
  }
}
