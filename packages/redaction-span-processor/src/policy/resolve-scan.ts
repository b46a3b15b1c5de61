import type { CustomPattern, RedactionOptions } from '../options.js';
import { type BuiltInPattern, builtInPatterns } from '../patterns/built-in-patterns.js';
import { PatternScanner, type Replacement } from '../patterns/pattern-scanner.js';
import { type OwnPattern, TextScanner } from '../patterns/text-scanner.js';
import type { RegexSource } from '../redaction-rule.js';
import { actionOf, MARKER } from './actions.js';
import { compileRegex } from './compile-regex.js';
import { type NamedRule, patternOf } from './named-rules.js';

/** A scanner that finds nothing. */
export const keepText = (text: string): string => text;

/** Builds the scanner of all patterns, each with the action for what it finds. */
export function scannerOf(
  owner: string,
  { patterns = ['built-in'], hmacKey, marker = MARKER }: RedactionOptions,
  named: readonly NamedRule[],
  markers: ReadonlySet<string>,
): (text: string) => string {
  const context = { marker, hmacKey, markers, scan: keepText };
  const ruleOf = (pattern: string | undefined) =>
    pattern === undefined ? undefined : named.find(({ rule }) => patternOf(rule) === pattern)?.rule;
  const replacementOf = (pattern: string | undefined): Replacement | undefined => {
    const rule = ruleOf(pattern) ?? { action: 'mask' };
    if (rule.action === 'keep') return undefined;
    const { act } = actionOf(rule, context);
    return (found) => {
      const replaced = act(found, '');
      return typeof replaced === 'string' ? replaced : undefined;
    };
  };
  const builtIn: Partial<Record<BuiltInPattern, Replacement>> = {};
  const own: OwnPattern[] = [];
  for (const pattern of patterns) {
    if (typeof pattern === 'string') {
      for (const name of pattern === 'built-in' ? builtInPatterns : [pattern]) {
        const replacement = replacementOf(name);
        if (replacement !== undefined) builtIn[name] = replacement;
      }
      continue;
    }
    const replacement = replacementOf(pattern instanceof RegExp ? undefined : pattern.name);
    if (replacement !== undefined) own.push({ regex: ownRegex(owner, pattern, markers), replacement });
  }
  if (Object.keys(builtIn).length === 0 && own.length === 0) return keepText;
  const { scan } = new TextScanner(
    Object.keys(builtIn).length > 0 ? new PatternScanner(builtIn) : undefined,
    own,
    marker,
  );
  checkMarkersStay(owner, scan, markers);
  return scan;
}

/** @throws TypeError if the pattern is not a usable regular expression, or would find its own replacement */
function ownRegex(owner: string, pattern: RegExp | CustomPattern, markers: ReadonlySet<string>): RegExp {
  const title = `${owner}: pattern ${pattern instanceof RegExp ? String(pattern) : `"${pattern.name}"`}`;
  const regex = compileRegex(title, sourceOf(pattern), true);
  if ([...markers, ''].some((text) => new RegExp(regex).test(text)))
    throw new TypeError(
      `${title} matches an empty text or a marker, so that its matches could never be removed.`,
    );
  return regex;
}

function sourceOf(pattern: RegExp | CustomPattern): RegExp | RegexSource {
  if (pattern instanceof RegExp) return pattern;
  const { regex, flags } = pattern;
  return regex instanceof RegExp ? regex : { regex, flags };
}

/** @throws TypeError if a pattern would find a marker in a text into which it was put */
function checkMarkersStay(owner: string, scan: (text: string) => string, markers: ReadonlySet<string>): void {
  const unstable = [...markers].find((text) => scan(`x ${text}`) !== `${scan('x ')}${text}`);
  if (unstable !== undefined)
    throw new TypeError(
      `${owner}: a pattern matches the marker ${JSON.stringify(unstable)}: choose another marker.`,
    );
}
