import { checkOptions } from '@llm-otel/common';
import type { Attributes } from '@opentelemetry/api';
import { actOf, ask, MARKER, type RuleAction, remove } from './actions.js';
import { AttributeScan } from './attribute-scan.js';
import { compileRegex } from './compile-regex.js';
import { ContentEvents, namesOfContentEvents } from './content-events.js';
import { type KeyMatch, type KeyRule, KeyRules } from './key-rules.js';
import { namedRules } from './named-rules.js';
import { checks, type RedactionOptions } from './options.js';
import { withCutLength } from './patterns/cut-length.js';
import type { RedactionPolicy } from './policy.js';
import { QuotedErrors } from './quoted-errors.js';
import { redactAttributes } from './redact-attributes.js';
import { RedactionMetrics } from './redaction-metrics.js';
import type { KeyMatcher, RedactionRule } from './redaction-rule.js';
import { RedactionRun } from './redaction-run.js';
import { keepText, scannerOf } from './resolve-scan.js';
import { SpanNames } from './span-names.js';
import { Surroundings } from './surroundings.js';

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
  const actionOf = (rule: Pick<RedactionRule, 'action' | 'marker' | 'maxLength'>): RuleAction => {
    if (typeof rule.action === 'function') return { act: ask(rule.action), by: rule.action };
    return { act: actOf(rule, marker, hmacKey, markers, scan) };
  };
  const ofContent = named.find(({ rule }) => isGroup(rule, 'content'))?.rule ?? { action: content };
  const actions = [actionOf(ofContent)];
  const ruleFor = (matches: KeyRule['matches'], rule: Pick<RedactionRule, 'action'>): KeyRule => ({
    matches,
    action: rule.action === 'keep' ? undefined : actions.push(actionOf(rule)) - 1,
    maySpare: rule.action !== 'remove' && rule.action !== 'mask' && rule.action !== 'hash',
  });
  const keyMatch = (option: string, list: readonly KeyMatcher[]): KeyMatch => ({
    names: new Set(list.filter((item) => typeof item === 'string')),
    patterns: list.flatMap((item) =>
      typeof item === 'string' ? [] : [compileRegex(`${owner}: ${option}`, item, false)],
    ),
  });
  const keyRules = named.flatMap(({ name, rule }): KeyRule[] => {
    const { match } = rule;
    if (typeof match === 'object' && 'pattern' in match) return [];
    const isOfGroup = typeof match === 'object' && 'group' in match;
    return [ruleFor(isOfGroup ? match.group : keyMatch(name, [match]), rule)];
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
            ruleFor('identifiers', { action: hmacKey === undefined ? 'remove' : 'hash' }),
            ruleFor('metadata', { action: 'remove' }),
          ]
        : [],
    scan,
  });
  const attributes = new AttributeScan(keys, scan === keepText ? undefined : scan);
  const redactShared = (shared: Attributes): Attributes =>
    redactAttributes(shared, attributes.of(shared), new RedactionRun(policy, false));
  const policy: RedactionPolicy = {
    keys,
    attributes,
    content: actions[0] ?? { act: remove },
    isContentRemoved: ofContent.action !== 'keep',
    actions,
    scan,
    contentEvents: new ContentEvents(ofContent.action === 'keep' ? [] : namesOfContentEvents()),
    errors: new QuotedErrors(),
    names: new SpanNames(scan),
    surroundings: new Surroundings((shared) =>
      // No SDK cuts what spans share, and an exporter may read it while no span is being redacted.
      withCutLength(Number.POSITIVE_INFINITY, redactShared, shared),
    ),
    summary,
    metrics: meterProvider && new RedactionMetrics(meterProvider, owner),
  };
  return policy;
}

function isGroup({ match }: RedactionRule, group: string): boolean {
  return typeof match === 'object' && 'group' in match && match.group === group;
}
