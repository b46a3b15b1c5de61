import { isDeepStrictEqual } from 'node:util';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { ShownNames } from './shown-names.js';

type Outcome = 'removed' | 'replaced';

/** What differs between spans and their redacted views: where, and under which key; never what it says. */
export class Findings {
  readonly #spans: Record<Outcome, Map<string, number>> = { removed: new Map(), replaced: new Map() };
  readonly #names = new ShownNames();
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
        if (!Object.hasOwn(after, key)) note('removed', `${place}  ${this.#names.of(key)}`);
        else if (!isDeepStrictEqual(value, Reflect.get(after, key)))
          note('replaced', `${place}  ${this.#names.of(key)}`);
      }
    };
    compare('attribute', span.attributes, view.attributes);
    span.events.forEach((event, index) => {
      const after = view.events[index];
      // Its name may be the very content.
      const isNamed = after?.name === event.name;
      if (!isNamed) note('replaced', 'event name');
      compare(isNamed ? `event ${this.#names.of(event.name)}` : 'event', event.attributes, after?.attributes);
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
    const spans = this.#seen === 1 ? '1 span' : `${this.#seen} spans`;
    const lines = [`${spans} in ${file}; ${this.#changed} of them would be changed.`];
    if (this.#others > 0)
      lines.push(
        `${this.#others === 1 ? '1 request is' : `${this.#others} requests are`} for logs or metrics, which redaction never sees.`,
      );
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
