import { guard } from '../reporter.js';
import { field } from '../unknown-values.js';
import type { ClientKind, TracedClientOptions } from './client-kind.js';
import { defineHidden } from './define-hidden.js';
import { traceInPlace, withCountingFetch } from './wrap-client.js';

/** The class of a client. */
export type ClientClass = new (options?: Readonly<Record<string, unknown>>) => object;

/** The client's own class, by the one that stands in for it. */
const originals = new WeakMap<object, ClientClass>();

/** Whether a value is a client's class: one that can copy its clients. */
export function isClientClass(value: unknown): value is ClientClass {
  return typeof value === 'function' && typeof value.prototype?.withOptions === 'function';
}

/**
 * A stand-in for the class, for its subclasses as well, whose clients are traced from their construction on.
 * What the constructor throws is the client's own.
 */
export function tracedClass(
  Client: ClientClass,
  kind: ClientKind,
  options: TracedClientOptions,
): ClientClass {
  if (originals.has(Client)) return Client;
  // What the environment sets, which a client that is given such an option leaves aside.
  const environment = {
    get openTelemetry() {
      return field(new (rootOf(Client))({ apiKey: 'none' }), 'openTelemetry');
    },
  };
  const traced: ClientClass = new Proxy(Client, {
    construct(target, [given, ...rest], newTarget) {
      // A class of ours that extends this one is not done yet: its clients are traced there.
      if (nearestTraced(newTarget) !== traced) return Reflect.construct(target, [given, ...rest], newTarget);
      const own = guard('a client is not traced', () => {
        const chosen: Readonly<Record<string, unknown>> = Object(given);
        return { ...chosen, ...kind.tracedOptions(environment, chosen) };
      });
      const construct = (options: unknown): object =>
        Reflect.construct(target, [options, ...rest], newTarget);
      const client = own === undefined ? construct(given) : withCountingFetch(construct, own, own.fetch);
      if (own !== undefined) guard('a client is not traced', () => traceConstructed(client, newTarget));
      return client;
    },
    // A class names itself, as in `OpenAI.OpenAI`.
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      return value === target ? traced : value;
    },
  });
  originals.set(traced, Client);

  function traceConstructed(client: object, newTarget: unknown): void {
    traceInPlace(client, kind, options);
    // `withOptions()` makes its copies with it. The copies of a subclass are constructed here anyway.
    if (newTarget === traced) defineHidden(client, 'constructor', traced);
  }
  return traced;
}

/** The first of a class and those it extends that stands in for a client's. */
function nearestTraced(newTarget: unknown): unknown {
  let type = newTarget;
  while (typeof type === 'function' && !originals.has(type)) type = Object.getPrototypeOf(type);
  return type;
}

/** The client's class that extends no other: those for platforms want more options than a key. */
function rootOf(Client: ClientClass): ClientClass {
  const parent: unknown = Object.getPrototypeOf(Client);
  if (!isClientClass(parent)) return Client;
  return rootOf(originals.get(parent) ?? parent);
}
