const MAX_NODES = 4_096;
/** Longer spans are few, and each would add nodes that no other uses. */
const MAX_DEPTH = 64;
/** A key that no attribute has. A string like the keys, so that comparing the two stays a comparison of pointers. */
const NO_KEY = '\u0000 none 6fd0c1f2-3b0e-4c8e-9c55-7d3f2f0a8a41';

/**
 * What the keys up to here, in order, come to; `first*` and `second*` are where spans went on most lately: two,
 * since most applications make spans of a few kinds by turns.
 */
class ShapeNode<Summary> {
  firstKey = NO_KEY;
  first: ShapeNode<Summary> = this;
  secondKey = NO_KEY;
  second: ShapeNode<Summary> = this;
  readonly next = new Map<string, ShapeNode<Summary>>();
  readonly summary: Summary;
  /** Where the value of the last key goes, or -1. */
  readonly slot: number;
  readonly depth: number;

  constructor(summary: Summary, slot: number, depth: number) {
    this.summary = summary;
    this.slot = slot;
    this.depth = depth;
  }
}

/**
 * Tells what the keys of a span's attributes come to, and picks out values. Spans of one kind carry the same keys in
 * the same order, so it follows the path that an earlier span took: a comparison for each key, where a look-up costs
 * four times that. It remembers 4,096 steps, and works without remembering beyond that.
 */
export class AttributeShapes<Summary> {
  readonly #add: (summary: Summary, key: string) => Summary;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #root: ShapeNode<Summary>;
  #size = 1;

  /**
   * @param add - what the keys come to with one more; its answer must depend on nothing else
   * @param slots - the keys whose values are picked out, and where each goes
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

  /** How many steps are remembered. */
  get size(): number {
    return this.#size;
  }

  /**
   * @param values - the values of the keys that have a slot are put here; a key that the attributes lack leaves
   * its slot as it was. A value costs a fifth here, amid the keys, of what it costs to look up.
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

  /** The node after `key`; none when there is no room for it. */
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
