const MAX_NODES = 4_096;
/** Longer spans are few, and each would add nodes that no other uses. */
const MAX_DEPTH = 64;

/** What the keys up to here, in order, come to; `latest*` is where the last span went on. */
class ShapeNode<Summary> {
  latestKey: string | undefined;
  latest: ShapeNode<Summary> | undefined;
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
    let summary = node.summary;
    let remembered = true;
    for (const key in attributes) {
      if (remembered) {
        const next = node.latestKey === key ? node.latest : this.#step(node, key);
        if (next !== undefined) {
          node = next;
          summary = next.summary;
          continue;
        }
        remembered = false;
      }
      summary = this.#add(summary, key);
    }
    return summary;
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
    node.latestKey = key;
    node.latest = next;
    return next;
  }
}
