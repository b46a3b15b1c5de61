import { isDeepStrictEqual } from 'node:util';
import { redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { readableSpan } from './otlp-json-spans.js';

type Outcome = 'removed' | 'replaced';

/** What names of attributes and events look like: others may tell what a user said, or who it was. */
const PLAIN_NAME = /^[a-z_][\w:[\]-]{0,31}(?:[./][\w:[\]-]{1,32}){0,15}$/i;

/** What differs between spans and their redacted views: where, and under which key; never what it says. */
export class Findings {
  readonly #spans: Record<Outcome, Map<string, number>> = { removed: new Map(), replaced: new Map() };
  readonly #names = new Names();
  #seen = 0;
  #changed = 0;
  #others = 0;

  add(span: ReadableSpan, view: ReadableSpan): void {
    this.#seen += 1;
    if (span === view) return;
    this.#changed += 1;
    const places = new Set<string>();
    const note = (outcome: Outcome, place: string) => {
      // Counted once for a span, however many of its events have it.
      if (places.has(outcome + place)) return;
      places.add(outcome + place);
      this.#spans[outcome].set(place, (this.#spans[outcome].get(place) ?? 0) + 1);
    };
    const compare = (place: string, before: object = {}, after: object = {}) => {
      for (const [key, value] of Object.entries(before)) {
        if (!Object.hasOwn(after, key)) note('removed', `${place}  ${this.#names.shown(key)}`);
        else if (!isDeepStrictEqual(value, Reflect.get(after, key)))
          note('replaced', `${place}  ${this.#names.shown(key)}`);
      }
    };
    compare('attribute', span.attributes, view.attributes);
    span.events.forEach((event, index) => {
      const after = view.events[index];
      // Its name may be the very content.
      const isNamed = after?.name === event.name;
      if (!isNamed) note('replaced', 'event name');
      compare(
        isNamed ? `event ${this.#names.shown(event.name)}` : 'event',
        event.attributes,
        after?.attributes,
      );
    });
    span.links.forEach((link, index) => {
      const after = view.links[index];
      compare('link', link.attributes, after?.attributes);
      if (after?.context.traceState !== link.context.traceState) note('replaced', 'link  trace state');
    });
    compare('status', span.status, view.status);
    compare('resource', span.resource.attributes, view.resource.attributes);
    compare('scope', attributesOfScope(span), attributesOfScope(view));
    if (span.spanContext().traceState !== view.spanContext().traceState) note('replaced', 'trace state');
    if (span.name !== view.name) note('replaced', 'span name');
  }

  /** @param requests - number of requests for other signals, such as logs */
  addOthers(requests: number): void {
    this.#others += requests;
  }

  /** Whether there were spans, or nothing at all. */
  get areOfTraces(): boolean {
    return this.#seen > 0 || this.#others === 0;
  }

  report(file: string): string {
    const lines = [`${this.#seen} spans in ${file}; ${this.#changed} of them would be changed.`];
    if (this.#others > 0)
      lines.push(`${this.#others} requests are for logs or metrics, which redaction never sees.`);
    for (const outcome of ['removed', 'replaced'] as const) {
      const places = [...this.#spans[outcome]].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      if (places.length === 0) continue;
      lines.push('', `Would be ${outcome}, with the number of spans:`);
      for (const [place, count] of places) lines.push(`${String(count).padStart(8)}  ${place}`);
    }
    return `${lines.join('\n')}\n`;
  }
}

function attributesOfScope(span: ReadableSpan): object {
  const attributes: unknown = Reflect.get(span.instrumentationScope ?? {}, 'attributes');
  return typeof attributes === 'object' && attributes !== null ? attributes : {};
}

/** Maximum number of remembered names. */
const MAX_NAMES = 10_000;

/** Decides which names may be shown. */
class Names {
  readonly #shown = new Map<string, string>();
  #scanned: string | undefined;
  readonly #scanner = redactingSpanExporter({
    export: ([view]) => {
      this.#scanned = view?.name;
    },
    shutdown: async () => undefined,
  });

  shown(name: string): string {
    let shown = this.#shown.get(name);
    if (shown === undefined) {
      if (this.#shown.size >= MAX_NAMES) this.#shown.clear();
      shown = PLAIN_NAME.test(name) && this.#isHarmless(name) ? name : '(not a plain name)';
      this.#shown.set(name, shown);
    }
    return shown;
  }

  /** Whether no built-in pattern finds anything in it, whatever the policy: not in `users.4111111111111111`. */
  #isHarmless(name: string): boolean {
    this.#scanner.export([readableSpan({ name })], () => undefined);
    return this.#scanned === name;
  }
}
