import { field } from '../json.js';

/** Copies plain values (a key, a timeout) that the application, or a subclass, has set on its client after construction. */
export function copyState(from: object, to: object): void {
  for (const [name, value] of Object.entries(from))
    if (Object(value) !== value && value !== field(to, name)) Reflect.set(to, name, value);
}

/**
 * Copies methods that were replaced on the client itself, by a test double or another instrumentation: they must still
 * be called.
 *
 * @param paths - the names of resources, and of a method
 */
export function copyMethods(from: object, to: object, paths: readonly (readonly string[])[]): void {
  for (const path of paths) {
    const resource = path.slice(0, -1).reduce<unknown>(field, from);
    const copied = path.slice(0, -1).reduce<unknown>(field, to);
    const name = path.at(-1) ?? '';
    const method = Object.getOwnPropertyDescriptor(Object(resource), name);
    // Some classes have such methods themselves, each client its own.
    if (method !== undefined && !Object.hasOwn(Object(copied), name))
      Object.defineProperty(Object(copied), name, method);
  }
}
