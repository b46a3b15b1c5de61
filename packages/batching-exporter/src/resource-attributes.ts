import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { pause } from './core/waiting.js';

type Resource = ReadableSpan['resource'];

/** A detector that takes longer is not waited for: spans go out without what it finds. */
const MAX_WAIT_MILLIS = 5_000;

const waits = new WeakMap<Resource, Promise<void>>();

/**
 * Detectors may still be finding out attributes of a resource; exporters expect them to have finished.
 *
 * @returns what resolves when they have, or have taken too long, or `undefined` if there is nothing to wait for
 */
export function whenAttributesAreKnown(resource: Resource): Promise<void> | undefined {
  if (!resource?.asyncAttributesPending) return undefined;
  let wait = waits.get(resource);
  if (wait === undefined) {
    wait = Promise.race([untilKnown(resource), pause(MAX_WAIT_MILLIS)]);
    waits.set(resource, wait);
  }
  return wait;
}

async function untilKnown(resource: Resource): Promise<void> {
  try {
    await resource.waitForAsyncAttributes?.();
  } catch {}
}
