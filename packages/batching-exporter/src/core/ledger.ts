/** How many spans were dropped, by reason. No span is dropped for any other reason. */
export interface DroppedSpans {
  /** The queue was at one of its bounds: the new spans, or with `drop-oldest` the oldest ones. */
  readonly queue_full: number;
  /** The span is larger than `batch.maxBytes` even without its content. */
  readonly span_too_large: number;
  /** What was handed over can't be read as a span. */
  readonly invalid_span: number;
  /** Permanently refused: a permanent error (such as HTTP 400 or 401), or the wrapped exporter throws on this very span. */
  readonly rejected: number;
  /** Still failing after `retry.maxElapsedTimeMillis`. */
  readonly retry_exhausted: number;
  /** With `storage`: the oldest spans on disk, when there was more than `storage.maxBytes`. */
  readonly storage_full: number;
  /** With `storage`: spans that were only on disk and can no longer be read. */
  readonly storage_damaged: number;
  /** Neither delivered by the deadline of `shutdown` nor on disk for a later process. */
  readonly shutdown_timeout: number;
  /** Handed over after `shutdown` was called. */
  readonly already_shutdown: number;
}

/** Why a span was dropped. */
export type DropReason = keyof DroppedSpans;

/**
 * What became of every span that was handed over. At every instant,
 * `accepted = exported + queued + inFlight + the sum of dropped`. All are numbers of spans.
 */
export interface BatchingStats {
  /** Handed to `export`, or found in `storage`, where another process left them; whatever became of them. */
  readonly accepted: number;
  /** Delivered, as the backend or the wrapped exporter reported. */
  readonly exported: number;
  /** Waiting for their first attempt; with `storage`, also those that are only on disk, including what `shutdown` leaves there. */
  readonly queued: number;
  /** Being sent, or waiting to be sent again. */
  readonly inFlight: number;
  /** Dropped, by reason. */
  readonly dropped: DroppedSpans;
}

/** The counts of {@link BatchingStats}, changed only by transitions that keep them balanced. */
export class Ledger {
  #accepted = 0;
  #exported = 0;
  #queued = 0;
  #inFlight = 0;
  readonly #dropped: Record<DropReason, number> = {
    queue_full: 0,
    span_too_large: 0,
    invalid_span: 0,
    rejected: 0,
    retry_exhausted: 0,
    storage_full: 0,
    storage_damaged: 0,
    shutdown_timeout: 0,
    already_shutdown: 0,
  };

  /** Spans that are queued or in flight. */
  get outstanding(): number {
    return this.#queued + this.#inFlight;
  }

  queue(count: number): void {
    this.#accepted += count;
    this.#queued += count;
  }

  refuse(count: number, reason: DropReason): void {
    this.#accepted += count;
    this.#dropped[reason] += count;
  }

  dropQueued(count: number, reason: DropReason): void {
    this.#queued -= count;
    this.#dropped[reason] += count;
  }

  send(count: number): void {
    this.#queued -= count;
    this.#inFlight += count;
  }

  requeue(count: number): void {
    this.#inFlight -= count;
    this.#queued += count;
  }

  settle(count: number, outcome: 'exported' | DropReason): void {
    this.#inFlight -= count;
    if (outcome === 'exported') this.#exported += count;
    else this.#dropped[outcome] += count;
  }

  stats(): BatchingStats {
    return {
      accepted: this.#accepted,
      exported: this.#exported,
      queued: this.#queued,
      inFlight: this.#inFlight,
      dropped: { ...this.#dropped },
    };
  }
}
