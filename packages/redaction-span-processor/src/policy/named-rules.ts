import { checkOptions } from '@llm-otel/common';
import { type RedactionOptions, ruleChecks } from '../options.js';
import { builtInPatterns } from '../patterns/built-in-patterns.js';
import type { KeyGroup, RedactionRule } from '../redaction-rule.js';

/** A rule, and its name in messages. */
export interface NamedRule {
  readonly name: string;
  readonly rule: RedactionRule;
}

/** The group of keys that a rule is about; `undefined` if it is about others, or about a pattern. */
export function groupOf({ match }: RedactionRule): KeyGroup | undefined {
  return typeof match === 'object' && 'group' in match ? match.group : undefined;
}

/** The pattern that a rule is about; `undefined` if it is about keys. */
export function patternOf({ match }: RedactionRule): string | undefined {
  return typeof match === 'object' && 'pattern' in match ? match.pattern : undefined;
}

/** @throws TypeError that names the rule that is invalid or conflicts with another */
export function namedRules(owner: string, options: RedactionOptions): readonly NamedRule[] {
  const named = (options.rules ?? []).map((rule, index) => {
    const name = nameOf(rule, index);
    checkRule(`${owner}: ${name}`, rule, options);
    return { name, rule };
  });
  checkConflicts(owner, named, options);
  return named;
}

function nameOf(rule: RedactionRule, index: number): string {
  const given: unknown = typeof rule === 'object' && rule !== null ? rule.name : undefined;
  return typeof given === 'string' && given !== '' ? `rule "${given}"` : `rule ${index}`;
}

function checkRule(owner: string, rule: RedactionRule, { hmacKey }: RedactionOptions): void {
  checkOptions<RedactionRule>(owner, rule === undefined ? null : rule, ruleChecks);
  const { match, action, marker, maxLength } = rule;
  for (const [part, value] of Object.entries({ match, action }))
    if (value === undefined) throw new TypeError(`${owner}: "${part}" is missing.`);
  if (action === 'hash' && hmacKey === undefined)
    throw new TypeError(`${owner}: the action 'hash' needs the option "hmacKey".`);
  if (action === 'truncate' && maxLength === undefined)
    throw new TypeError(`${owner}: the action 'truncate' needs "maxLength".`);
  if (maxLength !== undefined && action !== 'truncate')
    throw new TypeError(`${owner}: "maxLength" is only valid with the action 'truncate'.`);
  if (marker !== undefined && action !== 'mask')
    throw new TypeError(`${owner}: "marker" is only valid with the action 'mask'.`);
  if (patternOf(rule) !== undefined && (action === 'truncate' || typeof action === 'function'))
    throw new TypeError(`${owner}: with a pattern, the action must be 'remove', 'mask', 'hash' or 'keep'.`);
}

/** A second rule for the same keys could never apply, so it is an error. */
function checkConflicts(
  owner: string,
  named: readonly NamedRule[],
  { allowKeys = [], blockKeys = [], patterns = ['built-in'] }: RedactionOptions,
): void {
  const conflict = allowKeys.find((allowed) =>
    blockKeys.some((blocked) => matchText(blocked) === matchText(allowed)),
  );
  if (conflict !== undefined)
    throw new TypeError(
      `${owner}: options "allowKeys" and "blockKeys" both list ${matchText(conflict)}: remove it from one of them.`,
    );
  const seen = new Map<string, string>();
  for (const list of [allowKeys, blockKeys])
    for (const matcher of list)
      seen.set(matchText(matcher), `option "${list === allowKeys ? 'allowKeys' : 'blockKeys'}"`);
  for (const { name, rule } of named) {
    const matched = matchText(rule.match);
    const other = seen.get(matched);
    if (other !== undefined)
      throw new TypeError(`${owner}: ${name} and ${other} both match ${matched}: remove one of them.`);
    seen.set(matched, name);
    const pattern = patternOf(rule);
    if (pattern !== undefined && !namesOfPatterns(patterns).has(pattern))
      throw new TypeError(
        `${owner}: ${name} matches the pattern "${pattern}", which the option "patterns" does not list.`,
      );
  }
}

function namesOfPatterns(patterns: NonNullable<RedactionOptions['patterns']>): Set<string> {
  return new Set(
    patterns.flatMap((pattern): readonly string[] => {
      if (pattern === 'built-in') return builtInPatterns;
      if (typeof pattern === 'string') return [pattern];
      return pattern instanceof RegExp ? [] : [pattern.name];
    }),
  );
}

function matchText(match: RedactionRule['match']): string {
  if (typeof match === 'string' || match instanceof RegExp) return String(match);
  if ('regex' in match) return `/${match.regex}/${match.flags ?? ''}`;
  return 'group' in match ? `the group "${match.group}"` : `the pattern "${match.pattern}"`;
}
