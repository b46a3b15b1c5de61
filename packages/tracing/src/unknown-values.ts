/** A property of any value; `undefined` if there is none. Bodies and errors come in every shape. */
export function field(value: unknown, key: PropertyKey): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}

/**
 * Whatever was given, to be read with `?.` on the paths where `field` is too slow: its keys are of
 * many kinds, which V8 can't predict.
 */
export type Loose<Keys extends string> = { readonly [Key in Keys]?: unknown } | null | undefined;

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isAsyncIterable(value: unknown): boolean {
  const iterable = value as Partial<AsyncIterable<unknown>> | null | undefined;
  return typeof iterable?.[Symbol.asyncIterator] === 'function';
}

/** Characters of text in a message's content: a string, or parts of which some have a `text`. */
export function textLength(content: unknown): number {
  if (typeof content === 'string') return content.length;
  let length = 0;
  for (const part of asArray(content)) {
    const text = typeof part === 'string' ? part : (part as Loose<'text'>)?.text;
    if (typeof text === 'string') length += text.length;
  }
  return length;
}
