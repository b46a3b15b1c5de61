import { actOf, MARKER } from './actions.js';
import { compileRegex } from './compile-regex.js';
import type { NamedRule } from './named-rules.js';
import type { RedactionOptions } from './options.js';
import { builtInPatterns } from './patterns/built-in-patterns.js';
import { PatternScanner, type Replacement } from './patterns/pattern-scanner.js';
import { type OwnPattern, TextScanner } from './patterns/text-scanner.js';

/** A scanner that finds nothing. */
export const keepText = (text: string): string => text;

/** Builds the scanner of all patterns, each with the action for what it finds. */
export function scannerOf(
  owner: string,
  { patterns = ['built-in'], hmacKey, marker = MARKER }: RedactionOptions,
  named: readonly NamedRule[],
  markers: ReadonlySet<string>,
): (text: string) => string {
  const replacementOf = (pattern: string | undefined): Replacement | undefined => {
    const rule = named.find(
      ({ rule: { match } }) => typeof match === 'object' && 'pattern' in match && match.pattern === pattern,
    )?.rule;
    if (rule?.action === 'keep') return undefined;
    const act = actOf(rule ?? { action: 'mask' }, marker, hmacKey, markers, keepText);
    return (found) => {
      const stand = act(found, '');
      return typeof stand === 'string' ? stand : undefined;
    };
  };
  const builtIn: Partial<Record<(typeof builtInPatterns)[number], Replacement>> = {};
  const own: OwnPattern[] = [];
  for (const pattern of patterns) {
    if (typeof pattern === 'string') {
      for (const name of pattern === 'built-in' ? builtInPatterns : [pattern]) {
        const replacement = replacementOf(name);
        if (replacement !== undefined) builtIn[name] = replacement;
      }
      continue;
    }
    const name = pattern instanceof RegExp ? undefined : pattern.name;
    const replacement = replacementOf(name);
    if (replacement === undefined) continue;
    const source = pattern instanceof RegExp ? pattern : pattern.regex;
    const title = name === undefined ? `pattern ${String(source)}` : `pattern "${name}"`;
    const regex = compileRegex(
      `${owner}: ${title}`,
      source instanceof RegExp
        ? source
        : { regex: source, ...(pattern instanceof RegExp ? {} : { flags: pattern.flags }) },
      true,
    );
    if ([...markers, ''].some((text) => new RegExp(regex).test(text)))
      throw new TypeError(
        `${owner}: ${title} matches an empty text or a marker, so that its matches could never be removed.`,
      );
    own.push({ regex, replacement });
  }
  if (Object.keys(builtIn).length === 0 && own.length === 0) return keepText;
  const { scan } = new TextScanner(
    Object.keys(builtIn).length > 0 ? new PatternScanner(builtIn) : undefined,
    own,
    marker,
  );
  // Beside other text: otherwise a pattern could find the marker that was put in.
  const unstable = [...markers].find((text) => scan(`x ${text}`) !== `${scan('x ')}${text}`);
  if (unstable !== undefined)
    throw new TypeError(
      `${owner}: a pattern matches the marker ${JSON.stringify(unstable)}: choose another marker.`,
    );
  return scan;
}
