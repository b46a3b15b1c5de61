import { type KnownModel, knownModels } from '@llm-otel/pricing';
import { distance } from 'fastest-levenshtein';

/** The models whose names come nearest to one that is not known; of several sellers of a model, its first. */
export function similarModels(name: string, count = 5): KnownModel[] {
  const wanted = name.toLowerCase();
  const seen = new Set<string>();
  return knownModels()
    .map((known) => ({ ...known, distance: distance(wanted, known.model.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .filter(({ model }) => !seen.has(model) && seen.add(model))
    .slice(0, count)
    .map(({ provider, model }) => ({ provider, model }));
}
