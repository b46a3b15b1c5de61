import { type ClientClass, isClientClass, tracedClass } from './client/traced-class.js';
import type { ClientKind } from './client/wrap-client.js';
import { field } from './json.js';
import {
  checkWrapOpenAIOptions,
  checkWrapOptions,
  type WrapOpenAIOptions,
  type WrapOptions,
} from './options.js';
import { anthropic } from './wrap-anthropic.js';
import { openAi } from './wrap-openai.js';

/**
 * Gives the exports of the `openai` package with classes whose clients are traced as `wrapOpenAI` traces one: for
 * hooks that see a module before the application does, as `llm-otel/register` has them.
 *
 * @param moduleExports - what `require('openai')` or one of its submodules gives, or an export; comes back as it is
 *   if it is none of those
 * @param options - given for several modules, the same object makes a class that they share one class
 * @throws TypeError for an option that is not known or of the wrong type
 */
export function instrumentOpenAI<T>(moduleExports: T, options: WrapOpenAIOptions = {}): T {
  checkWrapOpenAIOptions('instrumentOpenAI', options);
  return instrument(moduleExports, openAi, options);
}

/** The same for the package `@anthropic-ai/sdk` and Anthropic's for platforms (`aws-sdk`, `bedrock-sdk`, `foundry-sdk`, `vertex-sdk`). */
export function instrumentAnthropic<T>(moduleExports: T, options: WrapOptions = {}): T {
  checkWrapOptions('instrumentAnthropic', options);
  return instrument(moduleExports, anthropic, options);
}

const instrumented = new WeakSet<object>();

/** Classes by the options that they are traced with, so that a class stays one in whatever modules it turns up. */
const classesByOptions = new WeakMap<object, Map<ClientClass, ClientClass>>();

function instrument<T>(moduleExports: T, kind: ClientKind, options: WrapOpenAIOptions): T {
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
  // Since openai 7 the exports pass for the class that is their default.
  if (isClientClass(moduleExports) && !Object.hasOwn(moduleExports, 'default'))
    return classFor(moduleExports) as T;
  if (!Object.values(moduleExports).some(isClientClass)) return moduleExports;
  const traced = tracedExports(moduleExports, classFor);
  instrumented.add(traced);
  return traced;
}

/**
 * Exports can't be assigned: their properties are getters. Those of both packages are a function, too, that makes a
 * client of the default class; those of openai 7 extend that class, and can be extended.
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
