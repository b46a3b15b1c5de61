import type { Check } from '@llm-otel/common';
import type { LlmApi } from '../apis/llm-api.js';
import type { PolledApi } from '../apis/polled-api.js';
import type { ProvidersOption, WrapOpenAIOptions } from '../options.js';

/** Options that a client is created with. */
export type ClientOptions = Readonly<Record<string, unknown>>;

/** Whatever a client can be traced with. */
export type TracedClientOptions = WrapOpenAIOptions & ProvidersOption;

/** The path to a method from the client: the names of its resource, and its own. */
export type MethodPath = readonly [...resource: string[], name: string];

interface MethodWith<Api> {
  readonly path: MethodPath;
  readonly api: Api;
}

/** The specifics of one vendor's client. */
export interface ClientKind {
  /** The npm package that it comes from. */
  readonly packageName: string;
  /** The vendor, which is also the provider unless the host is that of another. */
  readonly vendor: string;
  /** The methods that make a call; the client's helpers go through them. Each client of the vendor has the first. */
  readonly methods: readonly [MethodWith<LlmApi>, ...MethodWith<LlmApi>[]];
  /** The methods that return a helper around the streams of calls. Leaving the helper aborts its request. */
  readonly helpers: readonly MethodPath[];
  /** The methods that poll the outcome of an earlier call. */
  readonly polls: readonly MethodWith<PolledApi>[];
  /** The checks of the options that a client of this vendor is wrapped with. */
  readonly optionChecks: Readonly<Record<string, Check>>;
  /** Options that a copy needs to equal its client, because `withOptions` does not pass them on. */
  ownOptions(client: object): ClientOptions;
  /** Our own options, for a copy that is given `options`. */
  tracedOptions(client: object, options: ClientOptions): ClientOptions;
}
