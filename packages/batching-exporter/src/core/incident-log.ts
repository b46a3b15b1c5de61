import { diag } from '@opentelemetry/api';
import type { DropReason } from './ledger.js';

/** Drops for one reason that are less than this apart are one incident, reported once. */
const QUIET_MILLIS = 60_000;

interface Outage {
  readonly since: number;
  readonly dropped: Map<DropReason, number>;
}

/** Reports to `diag` when something begins and when it is over: one line per outage, per recovery, per spell of drops. */
export class IncidentLog {
  readonly #owner: string;
  readonly #lastDrop = new Map<DropReason, number>();
  #outage: Outage | undefined;

  constructor(owner: string) {
    this.#owner = owner;
  }

  /** An attempt failed and will be repeated. */
  failing(problem: string, outstanding: number): void {
    if (this.#outage !== undefined) return;
    this.#outage = { since: performance.now(), dropped: new Map() };
    this.#tell('warn', `export failed (${problem}) and will be retried; ${spans(outstanding)} waiting.`);
  }

  delivered(outstanding: number): void {
    if (this.#outage === undefined) return;
    const { since, dropped } = this.#outage;
    this.#outage = undefined;
    this.#lastDrop.clear();
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    const losses = [...dropped].map(([reason, count]) => `${count} ${reason}`).join(', ');
    this.#tell(
      'info',
      `export works again after ${seconds} s; ${spans(outstanding)} waiting, dropped meanwhile: ${losses === '' ? 'none' : losses}.`,
    );
  }

  dropped(count: number, reason: DropReason, problem?: string): void {
    const losses = this.#outage?.dropped;
    losses?.set(reason, (losses.get(reason) ?? 0) + count);
    const now = performance.now();
    const last = this.#lastDrop.get(reason) ?? Number.NEGATIVE_INFINITY;
    this.#lastDrop.set(reason, now);
    if (now - last < QUIET_MILLIS) return;
    this.#tell(
      'warn',
      `spans are being dropped: ${reason}${problem === undefined ? '' : ` (${problem})`}; see stats() for the counts.`,
    );
  }

  exiting(outstanding: number): void {
    this.#tell('warn', `the process is ending; ${spans(outstanding)} could not be delivered.`);
  }

  // If the application's logger throws, spans must still be sent.
  #tell(level: 'warn' | 'info', message: string): void {
    try {
      diag[level](`${this.#owner}: ${message}`);
    } catch {}
  }
}

function spans(count: number): string {
  return count === 1 ? '1 span' : `${count} spans`;
}
