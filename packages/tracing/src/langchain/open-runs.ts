import { type Context, context } from '@opentelemetry/api';
import { type Abandonable, abandonWith, keepFromAbandonment } from '../call/abandonment.js';
import { reporter } from '../reporter.js';

/** What is open for a run. */
export interface OpenRun {
  readonly context: Context;
  /** @param lastActivityAt - when something last happened in the run, on the clock of `performance.now()` */
  endAbandoned(lastActivityAt: number): void;
}

/** One entry of the map, so that a run that nobody ends can be ended. */
class Entry<Run extends OpenRun> implements Abandonable {
  readonly run: Run;
  /** Weak, so that it can be collected. */
  readonly heldByRun: WeakRef<object> | undefined;
  readonly #parent: Entry<Run> | undefined;
  readonly #forget: () => void;
  #lastActivityAt = 0;

  constructor(run: Run, parent: Entry<Run> | undefined, heldByRun: object | undefined, forget: () => void) {
    this.run = run;
    this.heldByRun = heldByRun && new WeakRef(heldByRun);
    this.#parent = parent;
    this.#forget = forget;
    this.touch();
  }

  /** Something happens in the run, and so in those above it. */
  touch(): void {
    const now = performance.now();
    for (let entry: Entry<Run> | undefined = this; entry !== undefined; entry = entry.#parent)
      entry.#lastActivityAt = now;
  }

  abandon(): void {
    this.#forget();
    this.end();
  }

  /** Ends a run of which no end was reported. It may have been over for a while. */
  end(): void {
    this.run.endAbandoned(this.#lastActivityAt);
  }
}

/** The runs that have started and not ended, up to a bound. */
export class OpenRuns<Run extends OpenRun> {
  readonly #entries = new Map<string, Entry<Run>>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** The context of the run above; for a root run, or one whose parent is not traced, the active one. */
  parentContext(parentRunId: string | undefined): Context {
    const parent = parentRunId === undefined ? undefined : this.#entries.get(parentRunId);
    return parent?.run.context ?? context.active();
  }

  /**
   * @param heldByRun - an object that LangChain keeps for as long as the run is alive. A stream that is left early
   *   ends without a callback: the run is then over when that object is collected.
   */
  add(runId: string, parentRunId: string | undefined, run: Run, heldByRun: unknown): void {
    // Ends another run to which the application has given the same id.
    this.#take(runId)?.end();
    const held = objectOrNone(heldByRun);
    const parent = parentRunId === undefined ? undefined : this.#entries.get(parentRunId);
    const entry = new Entry(run, parent, held, () => this.#entries.delete(runId));
    this.#entries.set(runId, entry);
    if (held !== undefined) abandonWith(held, entry);
    if (this.#entries.size <= this.#max) return;
    reporter.warnOnce(
      'more LangChain runs are open than "maxOpenRuns" allows: the spans of the oldest were ended',
    );
    const [oldest = ''] = this.#entries.keys();
    this.#take(oldest)?.end();
  }

  /** Whether this run, and not just one with the same id, is open. */
  has(runId: string, heldByRun: unknown): boolean {
    const held = objectOrNone(heldByRun);
    return held !== undefined && this.#entries.get(runId)?.heldByRun?.deref() === held;
  }

  /** The run, of which something is reported. */
  get(runId: string): Run | undefined {
    const entry = this.#entries.get(runId);
    entry?.touch();
    return entry?.run;
  }

  /** Takes a run out, whose end is reported. */
  take(runId: string): Run | undefined {
    const entry = this.#take(runId);
    entry?.touch();
    return entry?.run;
  }

  #take(runId: string): Entry<Run> | undefined {
    const entry = this.#entries.get(runId);
    if (entry === undefined) return undefined;
    this.#entries.delete(runId);
    keepFromAbandonment(entry);
    return entry;
  }
}

function objectOrNone(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}
