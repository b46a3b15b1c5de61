import type { LlmCall } from '@llm-otel/semantic-conventions';
import { sumOf, type Totals } from './totals.js';

/** Maximum number of traces that are followed; the one that has been idle longest is forgotten first. */
const MAX_TRACES = 1_000;
/** A trace moves to the end of the map at most once per this many events: moving it at each event would cost every span. */
const EVENTS_A_MOVE = 100;
/** Maximum number of spans remembered per trace; beyond it, the oldest are forgotten. */
const MAX_SPANS_OF_TRACE = 1_000;

/** The place of a span in its trace. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
  /** `undefined` for a local root: a span without a parent in this process. */
  readonly parentId: string | undefined;
}

/** The calls that a span repeats: below it and ended, below it and still running, or none. */
export type RepeatedCalls = 'none' | 'ended' | 'running';

interface TraceState {
  /** The calls below each span that has not ended. */
  readonly below: Map<string, Totals>;
  /** The parents of spans that have ended, for calls that outlive them. */
  readonly parentOfEnded: Map<string, string | undefined>;
  /** Calls that have started and not ended, with their parents. */
  readonly openCalls: Map<string, string | undefined>;
  /** The event at which the trace last moved to the end of the map. */
  movedAt: number;
}

/**
 * Knows which spans have calls below them, so that no call is counted twice: agents and wrappers repeat the
 * tokens of the calls that they enclose. It works from the calls upward, as spans end, so that spans of traces
 * without calls cost almost nothing.
 */
export class CallTree {
  /** The one idle longest comes first. A trace whose root belongs to another provider never ends, and must not displace an active one. */
  readonly #traces = new Map<string, TraceState>();
  #events = 0;

  /** How many traces are followed. */
  get size(): number {
    return this.#traces.size;
  }

  /** A span starts as a call: while it runs, what encloses it must not be treated as a separate call. */
  callStarts({ traceId, spanId, parentId }: SpanPlace): void {
    put(this.#stateOf(traceId).openCalls, spanId, parentId, MAX_SPANS_OF_TRACE);
  }

  /** Whether the tokens of a call that is ending are those of calls below it, which are priced themselves. */
  repeatedCalls({ traceId, spanId }: SpanPlace, { kind, usage }: LlmCall): RepeatedCalls {
    const state = this.#traces.get(traceId);
    if (state === undefined) return 'none';
    const below = state.below.get(spanId);
    // The tokens of a call that is still running are not known yet, but it will be priced.
    if (below === undefined) {
      const runs = kind === 'aggregate' ? hasOther(state, spanId) : encloses(spanId, state);
      return runs ? 'running' : 'none';
    }
    if (kind === 'aggregate' || usage === undefined) return 'ended';
    // A call may make another call, in a tool: only with the same tokens is it the same call. An instrumentation that
    // leaves out cached tokens counts less input for it.
    return usage.outputTokens === below.outputTokens && usage.inputTokens <= below.inputTokens
      ? 'ended'
      : 'none';
  }

  /**
   * A span ends: the calls below it become calls below its parent.
   *
   * @param own - the span's own call, unless it repeats others or has neither tokens nor a cost
   * @returns the totals of the calls in and below the span, if there are any
   */
  ends({ traceId, spanId, parentId }: SpanPlace, own: Totals | undefined): Totals | undefined {
    const known = this.#followed(traceId);
    // A call that neither encloses nor is enclosed by another concerns no other span.
    if (known === undefined && (own === undefined || parentId === undefined)) return own;
    const state = known ?? this.#stateOf(traceId);
    const calls = sumOf(state.below.get(spanId), own);
    state.below.delete(spanId);
    state.openCalls.delete(spanId);
    const ancestor = firstNotEnded(parentId, state);
    const above = ancestor === undefined ? undefined : sumOf(state.below.get(ancestor), calls);
    if (ancestor !== undefined && above !== undefined) put(state.below, ancestor, above, MAX_SPANS_OF_TRACE);
    if (ancestor === undefined && state.openCalls.size === 0 && state.below.size === 0)
      this.#traces.delete(traceId);
    else put(state.parentOfEnded, spanId, parentId, MAX_SPANS_OF_TRACE);
    return calls;
  }

  #stateOf(traceId: string): TraceState {
    let state = this.#followed(traceId);
    if (state === undefined) {
      state = { below: new Map(), parentOfEnded: new Map(), openCalls: new Map(), movedAt: this.#events };
      put(this.#traces, traceId, state, MAX_TRACES);
    }
    return state;
  }

  /** A trace in which something happens, if it is followed. */
  #followed(traceId: string): TraceState | undefined {
    const state = this.#traces.get(traceId);
    this.#events += 1;
    if (state !== undefined && this.#events - state.movedAt > EVENTS_A_MOVE) {
      state.movedAt = this.#events;
      this.#traces.delete(traceId);
      this.#traces.set(traceId, state);
    }
    return state;
  }
}

/** Whether a call other than that of the span itself is running in the trace. */
function hasOther({ openCalls }: TraceState, spanId: string): boolean {
  return openCalls.size > (openCalls.has(spanId) ? 1 : 0);
}

/** Whether a call is running below the span, through spans that have ended. */
function encloses(spanId: string, state: TraceState): boolean {
  for (const parentId of state.openCalls.values()) if (firstNotEnded(parentId, state) === spanId) return true;
  return false;
}

function firstNotEnded(spanId: string | undefined, { parentOfEnded }: TraceState): string | undefined {
  let id = spanId;
  // A chain can't be longer than the map, but invalid ids may form a cycle.
  for (let steps = parentOfEnded.size; id !== undefined && steps > 0 && parentOfEnded.has(id); steps--)
    id = parentOfEnded.get(id);
  return id;
}

/** Sets an entry; at the bound, the oldest entry is removed. */
function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, bound: number): void {
  if (map.size >= bound && !map.has(key)) {
    const oldest = map.keys().next();
    if (oldest.done !== true) map.delete(oldest.value);
  }
  map.set(key, value);
}
