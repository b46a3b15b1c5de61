import { asString } from '../json.js';

/** Gathers why the model stopped in each choice of a stream. */
export class StopReasons {
  #first: string | undefined;
  /** By the index of the choice; absent for a stream with only one, as nearly all are. */
  #others: Map<number, string> | undefined;

  add(index: unknown, given: unknown): void {
    const reason = asString(given);
    if (reason === undefined) return;
    if (index === 0) this.#first ??= reason;
    else if (typeof index === 'number') {
      this.#others ??= new Map();
      if (!this.#others.has(index)) this.#others.set(index, reason);
    }
  }

  get first(): string | undefined {
    return this.#first;
  }

  /** In the order of the choices; `undefined` if there is only the first. */
  get ofAll(): readonly (string | undefined)[] | undefined {
    if (this.#others === undefined) return undefined;
    const others = [...this.#others].sort(([a], [b]) => a - b);
    return [this.#first, ...others.map(([, reason]) => reason)];
  }
}
