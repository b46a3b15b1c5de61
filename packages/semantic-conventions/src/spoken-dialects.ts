import { AttributeShapes } from './attribute-shapes.js';
import type { AttributeKeys, Dialect } from './dialect.js';
import { dialects } from './dialects/index.js';

/** Keys of a span that some dialect reads, and the dialects that those make it speak. */
interface Shape {
  readonly keys: ReadonlySet<string>;
  readonly spoken: readonly Dialect[];
}

const readKeys: ReadonlySet<string> = new Set(dialects.flatMap(keysOf));

const shapes = new AttributeShapes<Shape>({ keys: new Set(), spoken: [] }, (shape, key) => {
  if (!readKeys.has(key)) return shape;
  const keys = new Set(shape.keys).add(key);
  const spoken = dialects.filter(({ markers }) => markers.some((marker) => keys.has(marker)));
  return { keys, spoken: spoken.map((dialect) => narrowed(dialect, keys)) };
});

/**
 * The dialects that a span carries a marker of, in order. Of each only those keys are left that the span has,
 * so that no time goes into looking for the others.
 */
export function spokenDialects(attributes: Readonly<Record<string, unknown>>): readonly Dialect[] {
  return shapes.of(attributes).spoken;
}

function keysOf(dialect: Dialect): string[] {
  const { markers, model, provider, serviceTier, operation, usage, cost } = dialect;
  return [
    ...[...markers, ...model, ...provider, ...serviceTier, ...operation.keys],
    ...Object.values(usage).flat(),
    ...cost.flatMap(({ amount, currency }) => (currency === undefined ? [amount] : [amount, currency])),
  ];
}

function narrowed(dialect: Dialect, keys: ReadonlySet<string>): Dialect {
  const present = (list: AttributeKeys) => list.filter((key) => keys.has(key));
  const { usage } = dialect;
  return {
    ...dialect,
    model: present(dialect.model),
    provider: present(dialect.provider),
    serviceTier: present(dialect.serviceTier),
    operation: { keys: present(dialect.operation.keys), kinds: dialect.operation.kinds },
    usage: {
      inputTokens: present(usage.inputTokens),
      outputTokens: present(usage.outputTokens),
      total: present(usage.total),
      cacheReadTokens: present(usage.cacheReadTokens),
      cacheWriteTokens: present(usage.cacheWriteTokens),
      cacheWrite1hTokens: present(usage.cacheWrite1hTokens),
      reasoningTokens: present(usage.reasoningTokens),
      inputAudioTokens: present(usage.inputAudioTokens),
      outputAudioTokens: present(usage.outputAudioTokens),
    },
    cost: dialect.cost.filter(({ amount }) => keys.has(amount)),
  };
}
