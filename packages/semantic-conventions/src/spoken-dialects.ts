import { AttributeShapes } from './attribute-shapes.js';
import type { AttributeKeys, CountKeys, Dialect } from './dialect.js';

/** Keys of a span that some dialect reads, and the dialects that those make it speak. */
interface Shape {
  readonly keys: ReadonlySet<string>;
  readonly spoken: readonly Dialect[];
}

/** Finds out which dialects of a list a span speaks. */
export class SpokenDialects {
  readonly #shapes: AttributeShapes<Shape>;

  constructor(dialects: readonly Dialect[]) {
    const readKeys = new Set(dialects.flatMap(keysOf));
    this.#shapes = new AttributeShapes<Shape>({ keys: new Set(), spoken: [] }, (shape, key) => {
      if (!readKeys.has(key)) return shape;
      const keys = new Set(shape.keys).add(key);
      const spoken = dialects.filter(({ markers }) => markers.some((marker) => keys.has(marker)));
      return { keys, spoken: spoken.map((dialect) => narrowed(dialect, keys)) };
    });
  }

  /**
   * The dialects that a span carries a marker of, in order. Of each only those keys are left that the span has,
   * so that no time goes into looking for the others.
   */
  of(attributes: Readonly<Record<string, unknown>>): readonly Dialect[] {
    return this.#shapes.of(attributes).spoken;
  }
}

function keysOf(dialect: Dialect): string[] {
  const { markers, model, provider, serviceTier, operation, usage, buckets, cost } = dialect;
  return [
    ...[...markers, ...model, ...provider, ...serviceTier, ...operation.keys],
    ...Object.values(usage).flat().map(attributeOf),
    ...(buckets === undefined ? [] : [buckets.attribute]),
    ...cost.flatMap(({ amount, currency }) => (currency === undefined ? [amount] : [amount, currency])),
  ];
}

function narrowed(dialect: Dialect, keys: ReadonlySet<string>): Dialect {
  const present = (list: AttributeKeys) => list.filter((key) => keys.has(key));
  const counts = (list: CountKeys) => list.filter((key) => keys.has(attributeOf(key)));
  const { usage } = dialect;
  return {
    ...dialect,
    model: present(dialect.model),
    provider: present(dialect.provider),
    serviceTier: present(dialect.serviceTier),
    operation: { keys: present(dialect.operation.keys), kinds: dialect.operation.kinds },
    usage: {
      inputTokens: counts(usage.inputTokens),
      outputTokens: counts(usage.outputTokens),
      total: counts(usage.total),
      cacheReadTokens: counts(usage.cacheReadTokens),
      cacheWriteTokens: counts(usage.cacheWriteTokens),
      cacheWrite1hTokens: counts(usage.cacheWrite1hTokens),
      reasoningTokens: counts(usage.reasoningTokens),
      inputAudioTokens: counts(usage.inputAudioTokens),
      outputAudioTokens: counts(usage.outputAudioTokens),
    },
    cost: dialect.cost.filter(({ amount }) => keys.has(amount)),
  };
}

function attributeOf(key: CountKeys[number]): string {
  return typeof key === 'string' ? key : key.attribute;
}
