/**
 * How late the event loop gets to what is due. A stall of 100 ms makes one callback 100 ms late, but also all those
 * that were due meanwhile: they are counted too, or percentiles would hardly see a stall.
 */
export class LoopDelay {
  readonly #samples: number[] = [];
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    const dueAt = performance.now() + 1;
    this.#timer = setTimeout(() => {
      for (let late = performance.now() - dueAt; late >= 0; late--) this.#samples.push(late);
      this.start();
    }, 1);
  }

  stop(): readonly number[] {
    clearTimeout(this.#timer);
    return this.#samples;
  }
}
