import { NESTED } from './key-flags.js';
import type { KeyRules } from './key-rules.js';

const MAX_NODES = 4_096;
/** Longer spans are few, and each would add nodes that no other uses. */
const MAX_DEPTH = 32;

/** The keys up to here, in order, have these flags; `latest*` is where the last span went on. */
class ShapeNode {
  latestKey: string | undefined;
  latest: ShapeNode | undefined;
  readonly next = new Map<string, ShapeNode>();
  readonly flags: number;
  readonly depth: number;

  constructor(flags: number, depth: number) {
    this.flags = flags;
    this.depth = depth;
  }
}

/**
 * Unites the flags of a span's keys. Spans of one kind carry the same keys in the same order, so it
 * follows the path that an earlier span took: a comparison for each key, where a look-up costs four times that.
 */
export class AttributeShapes {
  readonly #keys: KeyRules;
  readonly #root = new ShapeNode(0, 0);
  #size = 1;

  constructor(keys: KeyRules) {
    this.#keys = keys;
  }

  /** How many nodes are held. */
  get size(): number {
    return this.#size;
  }

  /** May throw, if reading a value does. */
  flagsOf(attributes: Readonly<Record<string, unknown>>): number {
    let node: ShapeNode | undefined = this.#root;
    let flags = 0;
    for (const key in attributes) {
      if (mayHoldMaps(attributes[key])) flags |= NESTED;
      if (node !== undefined) {
        const next: ShapeNode | undefined = node.latestKey === key ? node.latest : this.#step(node, key);
        if (next === undefined) flags |= node.flags;
        node = next;
      }
      if (node === undefined) flags |= this.#keys.flagsOf(key);
    }
    return node === undefined ? flags : flags | node.flags;
  }

  /** The node after `key`; none when there is no room for it. */
  #step(node: ShapeNode, key: string): ShapeNode | undefined {
    let next = node.next.get(key);
    if (next === undefined) {
      if (this.#size >= MAX_NODES || node.depth >= MAX_DEPTH) return undefined;
      next = new ShapeNode(node.flags | this.#keys.flagsOf(key), node.depth + 1);
      node.next.set(key, next);
      this.#size += 1;
    }
    node.latestKey = key;
    node.latest = next;
    return next;
  }
}

function mayHoldMaps(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return !Array.isArray(value) || value.some((element) => typeof element === 'object' && element !== null);
}
