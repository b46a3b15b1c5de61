import { field } from '../json.js';
import type { WrapOpenAIOptions } from '../options.js';
import { guard } from '../reporter.js';
import { defineHidden } from './define-hidden.js';
import { type ClientKind, countingFetch, traceInPlace } from './wrap-client.js';

/** The class of a client. */
export type ClientClass = new (options?: Readonly<Record<string, unknown>>) => object;

const tracedClasses = new WeakSet<object>();

/** Whether a value is a client's class: one that can copy its clients. */
export function isClientClass(value: unknown): value is ClientClass {
  return typeof value === 'function' && typeof value.prototype?.withOptions === 'function';
}

/**
 * The same class to whoever uses it, subclasses included, whose clients are traced from their construction on.
 * What the constructor throws is the client's own.
 */
export function tracedClass(Client: ClientClass, kind: ClientKind, options: WrapOpenAIOptions): ClientClass {
  if (tracedClasses.has(Client)) return Client;
  // What the environment sets, which a client that is given such an option leaves aside.
  const environment = {
    get openTelemetry() {
      return field(new Client({ apiKey: 'none' }), 'openTelemetry');
    },
  };
  const traced: ClientClass = new Proxy(Client, {
    construct(target, [given, ...rest], newTarget) {
      const own = guard('a client is not traced', () => {
        const chosen: Readonly<Record<string, unknown>> = Object(given);
        return { ...chosen, ...kind.tracedOptions(environment, chosen), fetch: countingFetch(chosen.fetch) };
      });
      const client = Reflect.construct(target, [own ?? given, ...rest], newTarget);
      if (own !== undefined) guard('a client is not traced', () => traceConstructed(client, newTarget));
      return client;
    },
    // A class names itself, as in `OpenAI.OpenAI`.
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      return value === target ? traced : value;
    },
  });
  tracedClasses.add(traced);

  function traceConstructed(client: object, newTarget: unknown): void {
    traceInPlace(client, kind, options);
    // `withOptions()` makes its copies with it. That of a subclass comes by here anyway.
    if (newTarget === traced) defineHidden(client, 'constructor', traced);
  }
  return traced;
}
