import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { pause } from './core/waiting.js';

type Resource = ReadableSpan['resource'];

/** A detector that takes longer is not waited for: spans go out without what it finds. */
const MAX_WAIT_MILLIS = 5_000;

const waits = new WeakMap<Resource, Promise<void>>();
/** What was known of resources when they were first asked, and again when they were not waited for any longer. */
const early = new WeakMap<Resource, Resource['attributes']>();

/**
 * Detectors may still be finding out attributes of a resource; exporters expect them to have finished.
 *
 * @returns what resolves when they have, or have taken too long, or `undefined` if there is nothing to wait for
 */
export function whenAttributesAreKnown(resource: Resource): Promise<void> | undefined {
  if (!resource?.asyncAttributesPending) return undefined;
  let wait = waits.get(resource);
  if (wait === undefined) {
    wait = Promise.race([untilKnown(resource), pause(MAX_WAIT_MILLIS)]).then(
      () => void early.delete(resource),
    );
    waits.set(resource, wait);
  }
  return wait;
}

/** The attributes as far as they are known. While some are not, the SDK reports an error each time that it is asked. */
export function attributesOf(resource: Resource): Resource['attributes'] {
  if (!resource.asyncAttributesPending) return resource.attributes;
  let attributes = early.get(resource);
  if (attributes === undefined) {
    attributes = resource.attributes;
    early.set(resource, attributes);
  }
  return attributes;
}

async function untilKnown(resource: Resource): Promise<void> {
  try {
    await resource.waitForAsyncAttributes?.();
  } catch {}
}
