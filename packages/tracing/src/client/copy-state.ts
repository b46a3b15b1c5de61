import { field } from '../unknown-values.js';

/** Copies plain values (a key, a timeout) that the application, or a subclass, has set on its client after construction. */
export function copyState(from: object, to: object): void {
  for (const [name, value] of Object.entries(from))
    if (Object(value) !== value && value !== field(to, name)) Reflect.set(to, name, value);
}

/**
 * Copies methods that were replaced on the client itself or on its resources, by a test double or another
 * instrumentation: they must still be called.
 */
export function copyMethods(from: object, to: object): void {
  const own = Object.getOwnPropertyDescriptors(to) as Record<string, PropertyDescriptor>;
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
    // Not `to[name]`: the clients of some platforms have getters that throw.
    const copied: unknown = own[name]?.value;
    // Some classes have such methods themselves, each client its own.
    if (typeof descriptor.value === 'function') {
      if (!Object.hasOwn(own, name)) Object.defineProperty(to, name, descriptor);
    } else if (isResource(copied)) copyMethods(Object(descriptor.value), copied);
  }
}

function isResource(value: unknown): value is object {
  return field(value, '_client') !== undefined;
}
