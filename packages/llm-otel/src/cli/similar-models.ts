import { type KnownModel, knownModels, type PriceCatalog, type PriceQuery } from '@llm-otel/pricing';
import { distance } from 'fastest-levenshtein';

/**
 * The priced models whose names are most similar to one without a price: those of the requested provider if it has any,
 * otherwise those of all. A model with several sellers is listed once.
 */
export function similarModels(catalog: PriceCatalog, query: PriceQuery, count = 5): KnownModel[] {
  const wanted = query.model.toLowerCase();
  const nearest = knownModels()
    .map((known) => ({ ...known, distance: distanceOf(wanted, known.model.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const priced = (providerOf: (known: KnownModel) => string) => {
    const found = new Map<string, KnownModel>();
    for (const known of nearest) {
      if (found.size === count) break;
      const { provider, model } = catalog.quote({ ...query, ...known, provider: providerOf(known) }) ?? {};
      if (provider !== undefined && model === known.model && !found.has(model))
        found.set(model, { provider, model });
    }
    return [...found.values()];
  };
  const { provider } = query;
  const ofProvider = provider === undefined ? [] : priced(() => provider);
  return ofProvider.length > 0 ? ofProvider : priced((known) => known.provider);
}

/** A name that contains the wanted one is similar, however long it is, as on Bedrock. */
function distanceOf(wanted: string, name: string): number {
  const changes = distance(wanted, name);
  return name.includes(wanted) ? changes / name.length : changes;
}
