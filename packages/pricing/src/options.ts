import { type PriceOverride, type ResolvedOverride, resolveOverride } from './price-override.js';

/** Options of {@link PriceCatalog}. */
export interface PriceCatalogOptions {
  /**
   * Your own prices. They take precedence over the catalogue's; of several that match, the first applies.
   * @defaultValue none
   */
  readonly overrides?: readonly PriceOverride[] | undefined;
  /**
   * Number of pairs of provider and model whose prices are remembered, unknown ones included. Beyond it, the memory is
   * cleared. A positive integer.
   * @defaultValue 1000
   */
  readonly maxModels?: number | undefined;
}

export interface ResolvedOptions {
  readonly overrides: readonly ResolvedOverride[];
  readonly maxModels: number;
}

/** @throws TypeError that says which option, what was expected and what was given. */
export function resolveOptions(options: PriceCatalogOptions): ResolvedOptions {
  checkNames('PriceCatalog', options, ['overrides', 'maxModels']);
  const { overrides = [], maxModels = 1000 } = options;
  if (!Array.isArray(overrides))
    throw new TypeError(
      `PriceCatalog: option "overrides" must be an array, got a value of type ${typeof overrides}.`,
    );
  if (!Number.isSafeInteger(maxModels) || maxModels <= 0)
    throw new TypeError(
      `PriceCatalog: option "maxModels" must be a positive integer, got ${String(maxModels)}.`,
    );
  return { overrides: overrides.map(resolveOverride), maxModels };
}

/** @throws TypeError if the options are not an object, or have a name that is not known. */
export function checkNames(owner: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${owner}: expected an options object, got ${String(options)}.`);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`${owner}: unknown option "${unknown}". The options are: ${known.join(', ')}.`);
}
