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
      for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    }
    this.#flushes.set(flush, tellOfExit);
  }

  delete(flush: FlushAll): void {
    if (this.#flushes.delete(flush) && this.#flushes.size === 0) this.#unlisten();
  }

  async #flushOnSignal(signal: NodeJS.Signals): Promise<void> {
    // An application with its own listener decides how the process ends. Without one, the signal would have ended the
    // process if we had not listened: now it does so after the flush, or when the signal comes again.
    const isOurs = process.listenerCount(signal) === 1;
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
    process.kill(process.pid, signal);
  }

  #unlisten(): void {
    process.off('exit', this.#onExit);
    process.off('beforeExit', this.#onBeforeExit);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }
}

const shared = globalThis as { [REGISTRY]?: ExitFlushes };

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
