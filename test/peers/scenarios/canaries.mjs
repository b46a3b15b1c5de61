/**
 * A string that occurs nowhere else, for one position of content. Letters only, so that it is the
 * same in JSON, in a URL, in base64 and in a header.
 */
export const canary = (position) => `Canary${position}Zq`;

/** The same for what an application attaches on purpose: identifiers, tags, metadata. */
export const marker = (position) => `Marker${position}Zq`;

const pattern = /\b(?:Canary|Marker)[A-Za-z]+?Zq/g;

/** Every canary and marker that occurs in a text, sorted. */
export function findCanaries(text) {
  return [...new Set(text.match(pattern) ?? [])].sort();
}
