import { checkOptions } from '@llm-otel/common';
import type { ClientKind, TracedClientOptions } from './client/client-kind.js';
import { type ClientClass, isClientClass, tracedClass } from './client/traced-class.js';
import {
  type ProvidersOption,
  providersChecks,
  type WrapOpenAIOptions,
  type WrapOptions,
} from './options.js';
import { field } from './unknown-values.js';
import { anthropic } from './wrap-anthropic.js';
import { openAi } from './wrap-openai.js';

/**
 * Returns the exports of the `openai` package with classes whose clients are traced as `wrapOpenAI` does. It is meant for
 * hooks that see a module before the application does, as those of `llm-otel/register`.
 *
 * @param moduleExports - what `require('openai')` or one of its submodules returns, or a single export; anything else is
 *   returned as it is
 * @param options - pass the same object for several modules, so that a class that they share stays one class
 * @throws TypeError if an option is unknown or of the wrong type
 */
export function instrumentOpenAI<T>(moduleExports: T, options: WrapOpenAIOptions & ProvidersOption = {}): T {
  return instrument('instrumentOpenAI', moduleExports, openAi, options);
}

/**
 * Like {@link instrumentOpenAI}, for `@anthropic-ai/sdk` and Anthropic's packages for platforms (`aws-sdk`, `bedrock-sdk`,
 * `foundry-sdk`, `vertex-sdk`).
 */
export function instrumentAnthropic<T>(moduleExports: T, options: WrapOptions & ProvidersOption = {}): T {
  return instrument('instrumentAnthropic', moduleExports, anthropic, options);
}

const instrumented = new WeakSet<object>();

/** Traced classes by their options, so that a class stays the same one in all modules that export it. */
const classesByOptions = new WeakMap<object, Map<ClientClass, ClientClass>>();

function instrument<T>(owner: string, moduleExports: T, kind: ClientKind, options: TracedClientOptions): T {
  checkOptions(owner, options, { ...kind.optionChecks, ...providersChecks });
  if ((typeof moduleExports !== 'object' && typeof moduleExports !== 'function') || moduleExports === null)
    return moduleExports;
  if (instrumented.has(moduleExports)) return moduleExports;
  const classes = classesByOptions.get(options) ?? new Map<ClientClass, ClientClass>();
  classesByOptions.set(options, classes);
  const classFor = (Client: ClientClass) => {
    const traced = classes.get(Client) ?? tracedClass(Client, kind, options);
    classes.set(Client, traced);
    return traced;
  };
  // Since openai 7, the exports themselves look like the class that is their default export.
  if (isClientClass(moduleExports) && !Object.hasOwn(moduleExports, 'default'))
    return classFor(moduleExports) as T;
  if (!Object.values(moduleExports).some(isClientClass)) return moduleExports;
  const traced = tracedExports(moduleExports, classFor);
  instrumented.add(traced);
  return traced;
}

/**
 * Exports can't be assigned, because their properties are getters. The exports of both packages are also a function that
 * creates a client of the default class; those of openai 7 extend that class and can be extended.
 */
function tracedExports<T extends object>(exports: T, classFor: (Client: ClientClass) => ClientClass): T {
  const defaultClass = () => classFor(field(exports, 'default') as ClientClass);
  const canBeExtended = isClientClass(exports);
  const traced: T = new Proxy(exports, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      return isClientClass(value) ? classFor(value) : value;
    },
    getPrototypeOf: (target) => (canBeExtended ? defaultClass() : Reflect.getPrototypeOf(target)),
    apply: (_target, _self, args) => Reflect.construct(defaultClass(), args),
    construct: (_target, args, newTarget) =>
      Reflect.construct(
        defaultClass(),
        args,
        canBeExtended && newTarget !== traced ? newTarget : defaultClass(),
      ),
  });
  return traced;
}
