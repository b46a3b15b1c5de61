/** The times of a call's events, on the clock of `performance.now()`. */
export class CallTiming {
  readonly startedAt: number;
  /** The time of the last sign of activity. */
  lastActivityAt: number;
  chunks = 0;
  firstChunkAt: number | undefined = undefined;
  firstContentAt: number | undefined = undefined;

  constructor(startedAt: number) {
    this.startedAt = startedAt;
    this.lastActivityAt = startedAt;
  }

  /** @param content - whether the chunk has content */
  chunk(content: boolean): void {
    const now = performance.now();
    this.lastActivityAt = now;
    if (this.chunks++ === 0) this.firstChunkAt = now;
    if (content && this.firstContentAt === undefined) this.firstContentAt = now;
  }

  /** What was counted as a stream was none. */
  discardChunks(): void {
    this.chunks = 0;
    this.firstChunkAt = undefined;
    this.firstContentAt = undefined;
  }

  activity(): number {
    this.lastActivityAt = performance.now();
    return this.lastActivityAt;
  }

  /** Milliseconds since the start, to the microsecond. */
  millisUntil(time: number): number {
    return Math.round((time - this.startedAt) * 1000) / 1000;
  }
}
