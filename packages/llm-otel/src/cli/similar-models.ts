import { type KnownModel, knownModels, PriceCatalog } from '@llm-otel/pricing';
import { distance } from 'fastest-levenshtein';

/** The models whose names come nearest to one that is not known; of several sellers of a model, its first. */
export function similarModels(name: string, count = 5): KnownModel[] {
  const wanted = name.toLowerCase();
  const seen = new Set<string>();
  const catalog = new PriceCatalog();
  // The list also has what is sold by the hour or the page, and entries that go by other names than their own.
  const hasPrice = (known: KnownModel) =>
    catalog.quote({ ...known, usage: { inputTokens: 1, outputTokens: 1 } }) !== undefined;
  const found: KnownModel[] = [];
  const nearest = knownModels()
    .map((known) => ({ ...known, distance: distance(wanted, known.model.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  for (const { provider, model } of nearest) {
    if (found.length === count) break;
    if (seen.has(model) || !hasPrice({ provider, model })) continue;
    seen.add(model);
    found.push({ provider, model });
  }
  return found;
}
