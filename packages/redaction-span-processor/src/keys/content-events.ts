import { contentCarriers, dialects } from '@llm-otel/semantic-conventions';

/** Names of span events that carry content. */
export class ContentEvents {
  readonly #names: ReadonlySet<string>;
  /** Prefixes of names that contain a number. */
  readonly #beginnings: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
    this.#beginnings = names.filter((name) => name.endsWith('.'));
  }

  has(name: string): boolean {
    if (this.#names.has(name)) return true;
    for (const beginning of this.#beginnings) if (name.startsWith(beginning)) return true;
    return false;
  }
}

export function namesOfContentEvents(): string[] {
  return [...dialects, ...contentCarriers].flatMap(({ content }) => content.events);
}
