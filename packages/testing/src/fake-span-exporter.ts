import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

type ExportCallback = Parameters<SpanExporter['export']>[1];

// The values of `ExportResultCode` in @opentelemetry/core, the same in all lines.
const SUCCESS = 0;
const FAILED = 1;

/**
 * What a call of `export` does: answer success or failure (with an error of choice) at once, throw, never answer,
 * answer twice, answer success upon `release()`, or answer success after a while.
 */
export type ExportBehaviour =
  | 'succeed'
  | 'fail'
  | 'throw'
  | 'never'
  | 'twice'
  | 'hold'
  | { readonly error: Error }
  | { readonly delayMillis: number };

/** What a call of `forceFlush` or `shutdown` does: resolve, reject, throw, never settle, or resolve after a while. */
export type LifecycleBehaviour =
  | 'succeed'
  | 'fail'
  | 'throw'
  | 'never'
  | { readonly error: Error }
  | { readonly delayMillis: number };

/** How a {@link FakeSpanExporter} behaves from the start. */
export interface FakeSpanExporterOptions {
  /** @defaultValue 'succeed' */
  readonly export?: ExportBehaviour;
  /** @defaultValue 'succeed' */
  readonly forceFlush?: LifecycleBehaviour;
  /** @defaultValue 'succeed' */
  readonly shutdown?: LifecycleBehaviour;
}

/** An exporter that keeps what it is given, and misbehaves on request. */
export class FakeSpanExporter implements SpanExporter {
  /** What each call of `export` was given, failed calls included. */
  readonly batches: ReadableSpan[][] = [];
  /** The spans whose export was answered with success, once for each success. */
  readonly delivered: ReadableSpan[] = [];
  forceFlushCalls = 0;
  shutdownCalls = 0;
  readonly #options: FakeSpanExporterOptions;
  readonly #next: ExportBehaviour[] = [];
  readonly #held: (() => void)[] = [];
  #always: ExportBehaviour;

  constructor(options: FakeSpanExporterOptions = {}) {
    this.#options = options;
    this.#always = options.export ?? 'succeed';
  }

  /** All spans that were handed over, those of failed calls included. */
  get spans(): ReadableSpan[] {
    return this.batches.flat();
  }

  /** How many exports wait for `release()`. */
  get heldCount(): number {
    return this.#held.length;
  }

  /** Sets what the next calls of `export` do, in order. */
  behave(...next: ExportBehaviour[]): void {
    this.#next.push(...next);
  }

  /** Sets what calls of `export` do when `behave` has nothing left for them; `undefined`: as constructed. */
  behaveAlways(behaviour: ExportBehaviour | undefined): void {
    this.#always = behaviour ?? this.#options.export ?? 'succeed';
  }

  /** Completes, with success, the exports held by `'hold'`. */
  release(): void {
    for (const complete of this.#held.splice(0)) complete();
  }

  export(spans: ReadableSpan[], resultCallback: ExportCallback): void {
    // A copy: a caller may reuse its array.
    const batch = [...spans];
    this.batches.push(batch);
    const succeed = () => {
      this.delivered.push(...batch);
      resultCallback({ code: SUCCESS });
    };
    const behaviour = this.#next.shift() ?? this.#always;
    if (typeof behaviour === 'object') {
      if ('error' in behaviour) resultCallback({ code: FAILED, error: behaviour.error });
      else setTimeout(succeed, behaviour.delayMillis);
      return;
    }
    switch (behaviour) {
      case 'succeed':
        succeed();
        break;
      case 'fail':
        resultCallback({ code: FAILED });
        break;
      case 'throw':
        throw new Error('FakeSpanExporter: export throws, as told');
      case 'never':
        break;
      case 'twice':
        succeed();
        resultCallback({ code: SUCCESS });
        break;
      case 'hold':
        this.#held.push(succeed);
        break;
      default:
        throw new TypeError(`FakeSpanExporter: unknown behaviour ${behaviour satisfies never}`);
    }
  }

  forceFlush(): Promise<void> {
    this.forceFlushCalls++;
    return settle('forceFlush', this.#options.forceFlush);
  }

  shutdown(): Promise<void> {
    this.shutdownCalls++;
    return settle('shutdown', this.#options.shutdown);
  }
}

function settle(method: string, behaviour: LifecycleBehaviour = 'succeed'): Promise<void> {
  switch (behaviour) {
    case 'succeed':
      return Promise.resolve();
    case 'fail':
      return Promise.reject(new Error(`FakeSpanExporter: ${method} rejects, as told`));
    case 'throw':
      throw new Error(`FakeSpanExporter: ${method} throws, as told`);
    case 'never':
      return new Promise(() => undefined);
    default:
      if ('error' in behaviour) return Promise.reject(behaviour.error);
      return new Promise((resolve) => setTimeout(resolve, behaviour.delayMillis));
  }
}
