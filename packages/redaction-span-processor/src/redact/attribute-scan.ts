import { ACTION, FOUND, LLM, NESTED, QUOTING, UNSCANNED } from '../keys/key-flags.js';
import type { KeyRules } from '../keys/key-rules.js';
import { withCutLength } from '../patterns/cut-length.js';
import { valueLimitOf } from '../span/value-limit.js';
import { isOfEveryObject } from './inherited-keys.js';

const MAX_NODES = 4_096;
/** Spans with more keys are rare, and each would add nodes that no other span uses. */
const MAX_DEPTH = 64;
/** A longer text is not remembered, so that it does not outlive its span. */
const MAX_REMEMBERED_LENGTH = 256;
/** Text under a key with any of these flags is not scanned here: it is removed, left alone, or needs a closer look. */
const NOT_SCANNED = UNSCANNED | ACTION | QUOTING;

/** A key that no attribute has. A string like the keys, so that comparing the two stays a comparison of pointers. */
const NO_KEY = '\u0000 none 6fd0c1f2-3b0e-4c8e-9c55-7d3f2f0a8a41';

/**
 * The result of the keys up to here, in order. `first*` and `second*` are the nodes to which spans last proceeded; two of
 * them, because most applications alternate between a few kinds of spans.
 */
export class ShapeNode {
  /** The text that was last seen here and stays as it is: each span is looked at more than once. */
  cleanText: string = '';
  firstKey: string = NO_KEY;
  first: ShapeNode = this;
  secondKey: string = NO_KEY;
  second: ShapeNode = this;
  readonly next: Map<string, ShapeNode> = new Map();
  readonly key: number;
  readonly united: number;
  readonly depth: number;
  /** Whether the span is already known to be an LLM call with content, whatever keys follow. */
  readonly isDecided: boolean;

  constructor(key: number, united: number, depth: number) {
    this.isDecided = (united & LLM) !== 0 && (united & ACTION) !== 0;
    this.key = key;
    this.united = united;
    this.depth = depth;
  }

  rememberClean(text: string): void {
    if (text.length <= MAX_REMEMBERED_LENGTH) this.cleanText = text;
  }
}

/**
 * The first look at a span's attributes: the united flags of its keys, see `key-flags.ts`, with what its values add.
 * Spans of one kind carry the same keys in the same order, so it follows the path that an earlier span took, as
 * `AttributeShapes` of the semantic conventions does, and takes the values in the same pass.
 */
export class AttributeScan {
  readonly #keys: KeyRules;
  readonly #scan: ((text: string) => string) | undefined;
  readonly #root: ShapeNode = new ShapeNode(0, 0, 0);
  #size = 1;

  /** @param scan - replaces what patterns find in a text */
  constructor(keys: KeyRules, scan?: (text: string) => string) {
    this.#keys = keys;
    this.#scan = scan;
  }

  /** Before the first key, see {@link next}. */
  get start(): ShapeNode | undefined {
    return this.#root;
  }

  /** Number of remembered steps. */
  get size(): number {
    return this.#size;
  }

  /**
   * May throw if reading a value does. Once a call is found to carry content, further flags are not collected, because
   * the whole span will be examined.
   *
   * @param span - whose attributes they are, if the length at which its values are cut is not set yet. It is read only when
   *   there is something to scan, which most spans do not have.
   */
  of(attributes: Readonly<Record<string, unknown>>, span?: object): number {
    let node = this.#root;
    let ofValues = 0;
    for (const key in attributes) {
      if (node.firstKey === key) node = node.first;
      else if (node.secondKey === key) node = node.second;
      else {
        const next = this.#step(node, key);
        if (next === undefined) return this.#ofUnknown(attributes, span);
        node = next;
      }
      if (node.isDecided) return node.united;
      const value = attributes[key];
      // Most values are numbers, and one comparison costs less than finding out that they are neither text nor object.
      if (typeof value === 'number' || typeof value === 'boolean') continue;
      if (typeof value === 'string') {
        if ((node.key & NOT_SCANNED) !== 0 || value === node.cleanText) continue;
        if (this.#finds(value, span)) ofValues |= FOUND;
        else node.rememberClean(value);
      } else if (isObject(value) && !isOfEveryObject(attributes, key))
        ofValues |= this.#ofObject(value, node.key, span);
    }
    return node.united | ofValues;
  }

  /** The same for a span whose shape can't be remembered. */
  #ofUnknown(attributes: Readonly<Record<string, unknown>>, span: object | undefined): number {
    let united = 0;
    for (const key in attributes) {
      const flags = this.#keys.flagsOf(key);
      united |= flags;
      const value = attributes[key];
      if (typeof value === 'string') {
        if ((flags & NOT_SCANNED) === 0 && this.#finds(value, span)) united |= FOUND;
      } else if (isObject(value) && !isOfEveryObject(attributes, key))
        united |= this.#ofObject(value, flags, span);
    }
    return united;
  }

  /** The node after `key`, with the key's flags; `undefined` if it is not remembered. */
  next(node: ShapeNode | undefined, key: string): ShapeNode | undefined {
    if (node === undefined) return undefined;
    if (node.firstKey === key) return node.first;
    return node.secondKey === key ? node.second : this.#step(node, key);
  }

  #ofObject(value: object, flags: number, span: object | undefined): number {
    if (!Array.isArray(value)) return NESTED;
    let found = 0;
    for (const item of value) {
      if (isObject(item)) return NESTED;
      if (typeof item === 'string' && (flags & NOT_SCANNED) === 0 && this.#finds(item, span)) found = FOUND;
    }
    return found;
  }

  #finds(text: string, span: object | undefined): boolean {
    if (this.#scan === undefined) return false;
    const scanned =
      span === undefined ? this.#scan(text) : withCutLength(valueLimitOf(span), this.#scan, text);
    return scanned !== text;
  }

  /** The node after `key`; `undefined` if there is no room for it. */
  #step(node: ShapeNode, key: string): ShapeNode | undefined {
    let next = node.next.get(key);
    if (next === undefined) {
      if (this.#size >= MAX_NODES || node.depth >= MAX_DEPTH) return undefined;
      const flags = this.#keys.flagsOf(key);
      next = new ShapeNode(flags, node.united | flags, node.depth + 1);
      node.next.set(key, next);
      this.#size += 1;
    }
    node.secondKey = node.firstKey;
    node.second = node.first;
    node.firstKey = key;
    node.first = next;
    return next;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
