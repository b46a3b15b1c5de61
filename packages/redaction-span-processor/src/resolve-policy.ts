import { checkOptions, describe } from '@llm-otel/common';
import { contentCarriers, dialects } from '@llm-otel/semantic-conventions';
import { type Action, ask, hash, keep, MARKER, mask, type RuleAction, remove, truncate } from './actions.js';
import { AttributeScan } from './attribute-scan.js';
import { compileRegex } from './compile-regex.js';
import { type KeyMatch, type KeyRule, KeyRules } from './key-rules.js';
import { checks, type RedactionOptions, ruleChecks } from './options.js';
import { builtInPatterns } from './patterns/built-in-patterns.js';
import { PatternScanner, type Replacement } from './patterns/pattern-scanner.js';
import { type OwnPattern, TextScanner } from './patterns/text-scanner.js';
import type { RedactionPolicy } from './policy.js';
import { QuotedErrors } from './quoted-errors.js';
import { redactAttributes } from './redact-attributes.js';
import { RedactionMetrics } from './redaction-metrics.js';
import type { KeyMatcher, RedactionRule } from './redaction-rule.js';
import { RedactionRun } from './redaction-run.js';
import { SpanNames } from './span-names.js';
import { Surroundings } from './surroundings.js';

/**
 * @param owner - the class or function whose options they are
 * @throws TypeError for an option that is unknown, of the wrong type, missing or in conflict with another, and for a
 *   regular expression that is none or may take more than linear time
 */
export function resolvePolicy(owner: string, options: RedactionOptions = {}): RedactionPolicy {
  checkOptions<RedactionOptions>(owner, options, checks);
  const { preset = 'default', content = 'remove', marker = MARKER, mode = 'block' } = options;
  const { hmacKey, allowKeys = [], blockKeys = [], rules = [], summary = 'none', meterProvider } = options;
  if (content === 'hash' && hmacKey === undefined)
    throw new TypeError(`${owner}: option "content" is 'hash', which needs the option "hmacKey".`);
  const named = rules.map((rule, index) => {
    const name = nameOf(rule, index);
    checkRule(`${owner}: ${name}`, rule, options);
    return { name, rule };
  });
  checkConflicts(owner, named, options);

  const markers = new Set([marker, ...rules.flatMap((rule) => rule?.marker ?? [])]);
  const scan = scannerOf(owner, options, named, markers);
  const actionOf = (rule: Pick<RedactionRule, 'action' | 'marker' | 'maxLength'>): RuleAction => {
    if (typeof rule.action === 'function') return { act: ask(rule.action), by: rule.action };
    return { act: actOf(rule, marker, hmacKey, markers, scan) };
  };
  const ofContent = named.find(({ rule }) => isGroup(rule, 'content'))?.rule ?? { action: content };
  const actions = [actionOf(ofContent)];
  const number = (rule: Pick<RedactionRule, 'action'>): number | undefined =>
    rule.action === 'keep' ? undefined : actions.push(actionOf(rule)) - 1;
  const keyMatch = (option: string, list: readonly KeyMatcher[]): KeyMatch => ({
    names: new Set(list.filter((item) => typeof item === 'string')),
    patterns: list.flatMap((item) =>
      typeof item === 'string' ? [] : [compileRegex(`${owner}: ${option}`, item, false)],
    ),
  });
  const keyRules = named.flatMap(({ name, rule }): KeyRule[] => {
    const { match } = rule;
    if (typeof match === 'object' && 'pattern' in match) return [];
    if (typeof match === 'object' && 'group' in match)
      return match.group === 'content' ? [] : [{ matches: match.group, action: number(rule) }];
    return [{ matches: keyMatch(name, [match]), action: number(rule) }];
  });
  const keys = new KeyRules({
    keepsContent: ofContent.action === 'keep',
    mode,
    allowKeys: keyMatch('option "allowKeys"', allowKeys),
    blockKeys: keyMatch('option "blockKeys"', blockKeys),
    rules: keyRules,
    presetRules:
      preset === 'strict'
        ? [
            { matches: 'identifiers', action: number({ action: hmacKey === undefined ? 'remove' : 'hash' }) },
            { matches: 'metadata', action: number({ action: 'remove' }) },
          ]
        : [],
  });
  const attributes = new AttributeScan(keys, scan === keepText ? undefined : scan);
  const policy: RedactionPolicy = {
    keys,
    attributes,
    content: actions[0] ?? { act: remove },
    isContentRemoved: ofContent.action !== 'keep',
    actions,
    scan,
    contentEvents: new Set(ofContent.action === 'keep' ? [] : namesOfContentEvents()),
    errors: new QuotedErrors(),
    names: new SpanNames(scan),
    surroundings: new Surroundings((shared) =>
      redactAttributes(shared, attributes.of(shared), new RedactionRun(policy, false)),
    ),
    summary,
    metrics: meterProvider && new RedactionMetrics(meterProvider),
  };
  return policy;
}

/** @throws TypeError if `value` lacks the method that tells what it is */
export function requireMethod(owner: string, expected: string, value: object, method: string): void {
  if (typeof value !== 'object' || value === null || typeof Reflect.get(value, method) !== 'function')
    throw new TypeError(`${owner}: expected ${expected}, got ${describe(value)}.`);
}

const keepText = (text: string): string => text;

interface NamedRule {
  readonly name: string;
  readonly rule: RedactionRule;
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
    throw new TypeError(`${owner}: the action is 'hash', which needs the option "hmacKey".`);
  if (action === 'truncate' && maxLength === undefined)
    throw new TypeError(`${owner}: the action is 'truncate', which needs "maxLength".`);
  if (maxLength !== undefined && action !== 'truncate')
    throw new TypeError(`${owner}: "maxLength" is for the action 'truncate'.`);
  if (marker !== undefined && action !== 'mask')
    throw new TypeError(`${owner}: "marker" is for the action 'mask'.`);
  if (
    typeof match === 'object' &&
    'pattern' in match &&
    (action === 'truncate' || typeof action === 'function')
  )
    throw new TypeError(`${owner}: what a pattern finds can be removed, masked, hashed or kept.`);
}

/** What is said twice is said wrong: the second could never apply. */
function checkConflicts(
  owner: string,
  named: readonly NamedRule[],
  { allowKeys = [], blockKeys = [], patterns = ['built-in'] }: RedactionOptions,
): void {
  const conflict = allowKeys.find((allowed) =>
    blockKeys.some((blocked) => matchText(blocked) === matchText(allowed)),
  );
  if (conflict !== undefined)
    throw new TypeError(`${owner}: options "allowKeys" and "blockKeys" both list ${matchText(conflict)}.`);
  const seen = new Map<string, string>();
  for (const list of [allowKeys, blockKeys])
    for (const matcher of list)
      seen.set(matchText(matcher), `option "${list === allowKeys ? 'allowKeys' : 'blockKeys'}"`);
  for (const { name, rule } of named) {
    const matched = matchText(rule.match);
    const other = seen.get(matched);
    if (other !== undefined)
      throw new TypeError(`${owner}: ${name} and ${other} are both for ${matched}: leave out one of them.`);
    seen.set(matched, name);
    if (
      typeof rule.match === 'object' &&
      'pattern' in rule.match &&
      !namesOfPatterns(patterns).has(rule.match.pattern)
    )
      throw new TypeError(
        `${owner}: ${name} is for the pattern "${rule.match.pattern}", which option "patterns" does not have.`,
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

function isGroup({ match }: RedactionRule, group: string): boolean {
  return typeof match === 'object' && 'group' in match && match.group === group;
}

function actOf(
  rule: Pick<RedactionRule, 'action' | 'marker' | 'maxLength'>,
  marker: string,
  hmacKey: string | undefined,
  markers: ReadonlySet<string>,
  scan: (text: string) => string,
): Action {
  switch (rule.action) {
    case 'mask':
      return mask(rule.marker ?? marker);
    case 'hash':
      return hash(hmacKey ?? '', markers);
    case 'truncate':
      return truncate(rule.maxLength ?? 0, scan);
    case 'keep':
      return keep;
    default:
      return remove;
  }
}

/** Patterns, each with what is to be done with its findings. */
function scannerOf(
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
        `${owner}: ${title} matches an empty text, or a marker: what it finds would never be gone.`,
      );
    own.push({ regex, replacement });
  }
  if (Object.keys(builtIn).length === 0 && own.length === 0) return keepText;
  const { scan } = new TextScanner(
    Object.keys(builtIn).length > 0 ? new PatternScanner(builtIn) : undefined,
    own,
    marker,
  );
  // Beside other text, or else what is put in could be what is looked for.
  const unstable = [...markers].find((text) => scan(`x ${text}`) !== `x ${text}`);
  if (unstable !== undefined)
    throw new TypeError(
      `${owner}: a pattern matches the marker ${JSON.stringify(unstable)}: choose another.`,
    );
  return scan;
}

function namesOfContentEvents(): string[] {
  return [...dialects, ...contentCarriers].flatMap(({ content }) => content.events);
}
