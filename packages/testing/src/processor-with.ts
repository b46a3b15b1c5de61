import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** A processor with some hooks; the others do nothing. */
export function processorWith(hooks: Partial<SpanProcessor>): SpanProcessor {
  return {
    onStart: () => undefined,
    onEnd: () => undefined,
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
    ...hooks,
  };
}
