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
  readonly depth: number;

  constructor(summary: Summary, depth: number) {
    this.summary = summary;
    this.depth = depth;
  }
}

/**
 * Tells what the keys of a span's attributes come to. Spans of one kind carry the same keys in the same
 * order, so it follows the path that an earlier span took: a comparison for each key, where a look-up costs
 * four times that. It remembers 4,096 steps, and works without remembering beyond that.
 */
export class AttributeShapes<Summary> {
  readonly #add: (summary: Summary, key: string) => Summary;
  readonly #root: ShapeNode<Summary>;
  #size = 1;

  /** @param add - what the keys come to with one more; its answer must depend on nothing else */
  constructor(empty: Summary, add: (summary: Summary, key: string) => Summary) {
    this.#add = add;
    this.#root = new ShapeNode(empty, 0);
  }

  /** How many steps are remembered. */
  get size(): number {
    return this.#size;
  }

  of(attributes: Readonly<Record<string, unknown>>): Summary {
    let node = this.#root;
    for (const key in attributes) {
      if (node.firstKey === key) node = node.first;
      else if (node.secondKey === key) node = node.second;
      else {
        const next = this.#step(node, key);
        if (next === undefined) return this.#unremembered(attributes);
        node = next;
      }
    }
    return node.summary;
  }

  /** The node after `key`; none when there is no room for it. */
  #step(node: ShapeNode<Summary>, key: string): ShapeNode<Summary> | undefined {
    let next = node.next.get(key);
    if (next === undefined) {
      if (this.#size >= MAX_NODES || node.depth >= MAX_DEPTH) return undefined;
      next = new ShapeNode(this.#add(node.summary, key), node.depth + 1);
      node.next.set(key, next);
      this.#size += 1;
    }
    node.secondKey = node.firstKey;
    node.second = node.first;
    node.firstKey = key;
    node.first = next;
    return next;
  }

  #unremembered(attributes: Readonly<Record<string, unknown>>): Summary {
    let { summary } = this.#root;
    for (const key in attributes) summary = this.#add(summary, key);
    return summary;
  }
}
