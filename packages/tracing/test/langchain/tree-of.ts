import type { RecordedSpan } from '../support/spans.js';

/** The spans as an indented outline, children in the order in which they started, or by name. */
export function treeOf(spans: readonly RecordedSpan[], sorted = false): string[] {
  const parentOf = ({ parentSpanContext, ...span }: RecordedSpan): string | undefined =>
    parentSpanContext?.spanId ?? (span as { parentSpanId?: string }).parentSpanId;
  const outline = (parent: string | undefined, indent: string): string[] => {
    const children = spans.filter((span) =>
      parent === undefined
        ? !spans.some((other) => other.spanContext().spanId === parentOf(span))
        : parentOf(span) === parent,
    );
    children.sort((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1]);
    const parts = children.map((span) => [
      `${indent}${span.name}`,
      ...outline(span.spanContext().spanId, `${indent}  `),
    ]);
    if (sorted && parent !== undefined) parts.sort((a, b) => String(a[0]).localeCompare(String(b[0])));
    return parts.flat();
  };
  return outline(undefined, '');
}
