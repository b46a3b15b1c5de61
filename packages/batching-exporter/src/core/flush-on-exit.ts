/** Sends what is there; never rejects. */
type FlushAll = () => Promise<void>;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** One for the process, however many copies of this module are loaded: two listeners would each wait for the other. */
const REGISTRY = Symbol.for('llm-otel.flush-on-exit');

/** What is to be flushed before the process ends, and the listeners that see to it while there is anything. */
class ExitFlushes {
  /** With what is to be told of each when the process ends without one. */
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
    // With a listener of its own the application decides how the process ends. Without, a signal would have ended it
    // at once, had we not listened: after the flush, or when it comes again, it does.
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
 * Has `flush` called when the process has nothing left to do, and on SIGTERM and SIGINT.
 *
 * @param tellOfExit - called when the process ends at once, as by `process.exit()`, and nothing can be sent any more
 * @returns ends that
 */
export function flushOnExit(flush: FlushAll, tellOfExit: () => void): () => void {
  shared[REGISTRY] ??= new ExitFlushes();
  const flushes = shared[REGISTRY];
  flushes.add(flush, tellOfExit);
  return () => flushes.delete(flush);
}
