const MAX_NODES = 4_096;
/** Spans with more keys are rare, and each would add nodes that no other span uses. */
const MAX_DEPTH = 64;
/** A key that no attribute has. A string like the keys, so that comparing the two stays a comparison of pointers. */
const NO_KEY = '\u0000 none 6fd0c1f2-3b0e-4c8e-9c55-7d3f2f0a8a41';

/**
 * The result of the keys up to here, in order. `first*` and `second*` are the nodes to which spans last proceeded; two of
 * them, because most applications alternate between a few kinds of spans.
 */
class ShapeNode<Summary> {
  firstKey = NO_KEY;
  first: ShapeNode<Summary> = this;
  secondKey = NO_KEY;
  second: ShapeNode<Summary> = this;
  readonly next = new Map<string, ShapeNode<Summary>>();
  readonly summary: Summary;
  /** Slot for the value of the last key, or -1. */
  readonly slot: number;
  readonly depth: number;

  constructor(summary: Summary, slot: number, depth: number) {
    this.summary = summary;
    this.slot = slot;
    this.depth = depth;
  }
}

/**
 * Combines the keys of a span's attributes into a result, and picks out values. Spans of one kind have the same keys in
 * the same order, so it follows the path of an earlier span: one comparison per key, where a look-up takes four times as
 * long. It remembers 4,096 steps, and works without remembering beyond that.
 */
export class AttributeShapes<Summary> {
  readonly #add: (summary: Summary, key: string) => Summary;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #root: ShapeNode<Summary>;
  #size = 1;

  /**
   * @param add - the result with one more key; it must be a pure function
   * @param slots - the keys whose values are picked out, and the slot of each
   */
  constructor(
    empty: Summary,
    add: (summary: Summary, key: string) => Summary,
    slots: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#add = add;
    this.#slots = slots;
    this.#root = new ShapeNode(empty, -1, 0);
  }

  /** Number of remembered steps. */
  get size(): number {
    return this.#size;
  }

  /**
   * @param values - receives the values of the keys that have a slot; the slot of a missing key stays as it was. Picking
   *   a value out during the walk takes a fifth of the time of a look-up
   */
  of(attributes: Readonly<Record<string, unknown>>, values: unknown[] = []): Summary {
    let node = this.#root;
    for (const key in attributes) {
      if (node.firstKey === key) node = node.first;
      else if (node.secondKey === key) node = node.second;
      else {
        const next = this.#step(node, key);
        if (next === undefined) return this.#unremembered(attributes, values);
        node = next;
      }
      if (node.slot >= 0) values[node.slot] = attributes[key];
    }
    return node.summary;
  }

  /** The node after `key`; `undefined` if there is no room for it. */
  #step(node: ShapeNode<Summary>, key: string): ShapeNode<Summary> | undefined {
    let next = node.next.get(key);
    if (next === undefined) {
      if (this.#size >= MAX_NODES || node.depth >= MAX_DEPTH) return undefined;
      next = new ShapeNode(this.#add(node.summary, key), this.#slots.get(key) ?? -1, node.depth + 1);
      node.next.set(key, next);
      this.#size += 1;
    }
    node.secondKey = node.firstKey;
    node.second = node.first;
    node.firstKey = key;
    node.first = next;
    return next;
  }

  #unremembered(attributes: Readonly<Record<string, unknown>>, values: unknown[]): Summary {
    let { summary } = this.#root;
    for (const key in attributes) {
      summary = this.#add(summary, key);
      const slot = this.#slots.get(key);
      if (slot !== undefined) values[slot] = attributes[key];
    }
    return summary;
  }
}
