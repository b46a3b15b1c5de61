import { checkOptions } from '@llm-otel/common';
import type { Attributes } from '@opentelemetry/api';
import { ContentEvents, namesOfContentEvents } from '../keys/content-events.js';
import { type KeyMatch, type KeyRule, KeyRules } from '../keys/key-rules.js';
import { checks, type RedactionOptions } from '../options.js';
import { UNCUT, withCutLength } from '../patterns/cut-length.js';
import { AttributeScan } from '../redact/attribute-scan.js';
import { QuotedErrors } from '../redact/quoted-errors.js';
import { redactAttributes } from '../redact/redact-attributes.js';
import { RedactionRun } from '../redact/redaction-run.js';
import { RedactionMetrics } from '../redaction-metrics.js';
import type { KeyGroup, KeyMatcher, RedactionRule } from '../redaction-rule.js';
import { SharedParts } from '../span/shared-parts.js';
import { SpanNames } from '../span/span-names.js';
import { actionOf, MARKER } from './actions.js';
import { compileRegex } from './compile-regex.js';
import { groupOf, namedRules } from './named-rules.js';
import type { RedactionPolicy } from './policy.js';
import { keepText, scannerOf } from './resolve-scan.js';

/**
 * @param owner - the class or function whose options they are
 * @throws TypeError if an option is unknown, of the wrong type, missing, or conflicts with another, or if a regular
 *   expression is invalid or may take more than linear time
 */
export function resolvePolicy(owner: string, options: RedactionOptions = {}): RedactionPolicy {
  checkOptions<RedactionOptions>(owner, options, checks);
  const { preset = 'default', content = 'remove', marker = MARKER, mode = 'block' } = options;
  const { hmacKey, allowKeys = [], blockKeys = [], rules = [], summary = 'none', meterProvider } = options;
  if (content === 'hash' && hmacKey === undefined)
    throw new TypeError(`${owner}: option "content": 'hash' needs the option "hmacKey".`);
  const named = namedRules(owner, options);

  const markers = new Set([marker, ...rules.flatMap((rule) => rule?.marker ?? [])]);
  const scan = scannerOf(owner, options, named, markers);
  const context = { marker, hmacKey, markers, scan };
  const contentRule = named.find(({ rule }) => groupOf(rule) === 'content')?.rule ?? { action: content };
  const keepsContent = contentRule.action === 'keep';
  const contentAction = actionOf(contentRule, context);
  const actions = [contentAction];
  const keyRule = (matches: KeyRule['matches'], rule: Pick<RedactionRule, 'action'>): KeyRule => ({
    matches,
    action: rule.action === 'keep' ? undefined : actions.push(actionOf(rule, context)) - 1,
    maySpare: rule.action !== 'remove' && rule.action !== 'mask' && rule.action !== 'hash',
  });
  const keys = new KeyRules({
    keepsContent,
    mode,
    allowKeys: keyMatch(`${owner}: option "allowKeys"`, allowKeys),
    blockKeys: keyMatch(`${owner}: option "blockKeys"`, blockKeys),
    rules: named.flatMap(({ name, rule }) => {
      const matches = keysOf(`${owner}: ${name}`, rule);
      return matches === undefined ? [] : keyRule(matches, rule);
    }),
    presetRules: presetRules(preset, hmacKey).map(([group, action]) => keyRule(group, { action })),
    scan,
  });
  const attributes = new AttributeScan(keys, scan === keepText ? undefined : scan);
  const redactShared = (shared: Attributes): Attributes =>
    redactAttributes(shared, attributes.of(shared), new RedactionRun(policy, false));
  const policy: RedactionPolicy = {
    keys,
    attributes,
    content: contentAction,
    isContentRemoved: !keepsContent,
    actions,
    scan,
    contentEvents: new ContentEvents(keepsContent ? [] : namesOfContentEvents()),
    errors: new QuotedErrors(),
    names: new SpanNames(scan),
    sharedParts: new SharedParts((shared) =>
      // No SDK cuts what spans share, and an exporter may read it while no span is being redacted.
      withCutLength(UNCUT, redactShared, shared),
    ),
    summary,
    metrics: meterProvider && new RedactionMetrics(meterProvider, owner),
  };
  return policy;
}

/** The rules of a preset: the group of each, and its action. */
function presetRules(
  preset: RedactionOptions['preset'],
  hmacKey: string | undefined,
): readonly (readonly [group: KeyGroup, action: RedactionRule['action']])[] {
  if (preset !== 'strict') return [];
  return [
    ['identifiers', hmacKey === undefined ? 'remove' : 'hash'],
    ['metadata', 'remove'],
  ];
}

/** The keys to which a rule applies; `undefined` for a rule about a pattern. */
function keysOf(owner: string, { match }: RedactionRule): KeyRule['matches'] | undefined {
  if (typeof match === 'string' || match instanceof RegExp || 'regex' in match)
    return keyMatch(owner, [match]);
  return 'group' in match ? match.group : undefined;
}

function keyMatch(owner: string, list: readonly KeyMatcher[]): KeyMatch {
  return {
    names: new Set(list.filter((item) => typeof item === 'string')),
    patterns: list.flatMap((item) => (typeof item === 'string' ? [] : [compileRegex(owner, item, false)])),
  };
}
