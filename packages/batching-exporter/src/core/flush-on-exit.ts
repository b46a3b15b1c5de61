import { constants } from 'node:os';

/** Sends everything; never rejects. */
type FlushAll = () => Promise<void>;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** One per process, however many copies of this module are loaded: two listeners would each wait for the other. */
const REGISTRY = Symbol.for('llm-otel.flush-on-exit');

/** What must be flushed before the process ends, and the listeners that do so as long as there is anything. */
class ExitFlushes {
  /** Each with a function that reports that the process ended without it. */
  readonly #flushes = new Map<FlushAll, () => void>();
  readonly #onExit = () => {
    for (const tell of this.#flushes.values()) tell();
  };
  readonly #onBeforeExit = () => void this.#flushAll();
  readonly #onSignal = (signal: NodeJS.Signals) => void this.#flushOnSignal(signal);
  #isEnding = false;

  add(flush: FlushAll, tellOfExit: () => void): void {
    if (this.#flushes.size === 0) {
      process.on('exit', this.#onExit);
      process.on('beforeExit', this.#onBeforeExit);
      // In front: a listener that the application added with `once` is gone as soon as it is called, and must be counted.
      for (const signal of SIGNALS) process.prependListener(signal, this.#onSignal);
    }
    this.#flushes.set(flush, tellOfExit);
  }

  delete(flush: FlushAll): void {
    if (this.#flushes.delete(flush) && this.#flushes.size === 0) this.#unlisten();
  }

  async #flushOnSignal(signal: NodeJS.Signals): Promise<void> {
    // An application with its own listener decides how the process ends. Without one, the signal would have ended the
    // process if we had not listened: now it does so after the flush, or when the signal comes again.
    const isOurs = process.listenerCount(signal) - signalExitListeners() <= 1;
    if (isOurs && this.#isEnding) return this.#end(signal);
    this.#isEnding = isOurs;
    await this.#flushAll();
    if (isOurs) this.#end(signal);
  }

  async #flushAll(): Promise<void> {
    await Promise.all([...this.#flushes.keys()].map((flush) => flush()));
  }

  #end(signal: NodeJS.Signals): void {
    this.#unlisten();
    // The first process of a container does not die of a signal for which it has no listener.
    if (process.pid === 1) process.exit(128 + constants.signals[signal]);
    process.kill(process.pid, signal);
  }

  #unlisten(): void {
    process.off('exit', this.#onExit);
    process.off('beforeExit', this.#onBeforeExit);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }
}

/**
 * How many listeners of a signal are those of the package `signal-exit`, of all its versions. It only cleans up, and
 * leaves the end of the process to whoever else listens: if we did the same, nobody would end it.
 */
function signalExitListeners(): number {
  const { __signal_exit_emitter__: version3 } = process as { __signal_exit_emitter__?: SignalExitEmitter };
  return (version3?.count ?? 0) + (shared[SIGNAL_EXIT]?.count ?? 0);
}

interface SignalExitEmitter {
  readonly count?: number;
}

const SIGNAL_EXIT = Symbol.for('signal-exit emitter');
const shared = globalThis as { [REGISTRY]?: ExitFlushes; readonly [SIGNAL_EXIT]?: SignalExitEmitter };

/**
 * Calls `flush` when the process has nothing left to do, and on SIGTERM and SIGINT.
 *
 * @param tellOfExit - called when the process ends at once, for example by `process.exit()`, so that nothing can be sent
 * @returns a function that stops this
 */
export function flushOnExit(flush: FlushAll, tellOfExit: () => void): () => void {
  shared[REGISTRY] ??= new ExitFlushes();
  const flushes = shared[REGISTRY];
  flushes.add(flush, tellOfExit);
  return () => flushes.delete(flush);
}
