import type { AST } from '@eslint-community/regexpp';
import { visitRegExpAST } from '@eslint-community/regexpp';
import {
  getConsumedChars,
  getFirstCharAfter,
  getFirstConsumedChar,
  isPotentiallyZeroLength,
  type ReadonlyFlags,
} from 'regexp-ast-analysis';
import { analyse, type ParsedLiteral } from 'scslre';

/** A longer bounded repetition takes as long as an unbounded one. */
const LONGEST_RUN = 1_000;
/** Maximum number of ways to match the text after one position: if one way fails, the next is tried. */
const MAX_WAYS = 10_000;
/** Appended to every regular expression that is analysed, so that what it ends with can end. */
const END = '\\uFFFE';

/**
 * Finds out why a regular expression may take more than linear time. If in doubt, it refuses: some harmless ones, but no
 * slow ones are accepted.
 *
 * @param anywhere - whether it is searched for anywhere in long texts: then it must not run on from every position either
 * @returns the reason, or `undefined` if it takes linear time
 */
export function slowPartOf(regex: RegExp, anywhere: boolean): string | undefined {
  const { reports, parsed } = analyse(regex, { reportTypes: { Self: true, Trade: true, Move: anywhere } });
  const [report] = reports;
  if (report?.type === 'Move')
    return `${report.quant.raw} can run on from each position of a text, which takes quadratic time: give it a maximum, as in {1,64}`;
  if (report !== undefined)
    return 'its repetitions can match the same text in many ways, which makes backtracking very slow';
  const ambiguous = ambiguousPartOf(regex);
  if (ambiguous !== undefined)
    return `${ambiguous}, inside a repetition, can match the same text in two ways`;
  if (waysOf(parsed) > MAX_WAYS)
    return 'its repetitions can share the same text with what follows them, in too many ways to try: give them lower maximums';
  const runOn = anywhere ? runOnPartOf(parsed) : undefined;
  return (
    runOn &&
    `${runOn} can run on from each position at which the pattern may begin, which takes quadratic time: give it a maximum, as in {1,64}`
  );
}

/**
 * A repetition that runs on over further beginnings of the pattern, each of which would then run on as well: `secret:.*;` in
 * a text with many `secret:`. `scslre` only finds repetitions with which a pattern begins.
 */
function runOnPartOf({ pattern, flags }: ParsedLiteral): string | undefined {
  let lookbehinds = 0;
  let found: string | undefined;
  visitRegExpAST(pattern, {
    onAssertionEnter: ({ kind }) => {
      if (kind === 'lookbehind') lookbehinds++;
    },
    onAssertionLeave: ({ kind }) => {
      if (kind === 'lookbehind') lookbehinds--;
    },
    onQuantifierEnter: (quantifier) => {
      if (quantifier.max <= LONGEST_RUN) return;
      // What follows must be able to fail: otherwise the text that it ran over is a match, and not searched again.
      const canFail = !getFirstCharAfter(quantifier, 'ltr', flags).edge;
      if (lookbehinds > 0 || (canFail && runsOverBeginnings(quantifier, flags))) found ??= quantifier.raw;
    },
  });
  return found;
}

function runsOverBeginnings(quantifier: AST.Quantifier, flags: ReadonlyFlags): boolean {
  const { chars } = getConsumedChars(quantifier, flags);
  let isAhead = false;
  let isFirst = true;
  for (let node: AST.Node = quantifier; node.parent !== null; node = node.parent) {
    const { parent } = node;
    if (parent.type === 'Assertion') isAhead = true;
    if (parent.type !== 'Alternative') continue;
    for (const before of parent.elements.slice(0, parent.elements.indexOf(node as AST.Element))) {
      // The pattern can begin at one position only.
      if (before.type === 'Assertion' && before.kind === 'start' && !flags.multiline) return false;
      if (isPotentiallyZeroLength(before, flags)) continue;
      isFirst = false;
      if (!partsOf(before).every((part) => !getConsumedChars(part, flags).chars.isDisjointWith(chars)))
        return false;
    }
  }
  // One with which the pattern begins was found by `scslre`, unless it is bounded or in a lookahead.
  return !isFirst || isAhead || quantifier.max !== Number.POSITIVE_INFINITY;
}

function partsOf(element: AST.Element): readonly AST.Element[] {
  const isGroup = element.type === 'Group' || element.type === 'CapturingGroup';
  const [alternative, ...others] = isGroup ? element.alternatives : [];
  return alternative === undefined || others.length > 0 ? [element] : alternative.elements.flatMap(partsOf);
}

/** Inside a repetition: alternatives that can begin alike, or something optional before something that can begin alike. */
function ambiguousPartOf(regex: RegExp): string | undefined {
  const { pattern, flags } = analyse(new RegExp(`(?:${regex.source})${END}`, regex.flags), {
    maxReports: 0,
  }).parsed;
  let repetitions = 0;
  let found: string | undefined;
  const checkAlternatives = ({ alternatives, raw }: AST.Group | AST.CapturingGroup) => {
    if (repetitions > 0 && hasAlike(alternatives, flags)) found ??= raw;
  };
  visitRegExpAST(pattern, {
    onGroupEnter: checkAlternatives,
    onCapturingGroupEnter: checkAlternatives,
    onQuantifierEnter: (quantifier) => {
      if (repetitions > 0 && quantifier.min !== quantifier.max) {
        const after = getFirstCharAfter(quantifier, 'ltr', flags).char;
        if (!firstOf(quantifier.element, flags).isDisjointWith(after)) found ??= quantifier.raw;
      }
      if (quantifier.max > 1) repetitions++;
    },
    onQuantifierLeave: ({ max }) => {
      if (max > 1) repetitions--;
    },
  });
  return found;
}

/** Number of ways in which the parts of a pattern, outside repetitions, can share a text. */
function waysOf({ pattern, flags }: ParsedLiteral): number {
  const ofAlternatives = (alternatives: readonly AST.Alternative[]): number => {
    const ways = alternatives.map(({ elements }) => elements.reduce((product, it) => product * of(it), 1));
    return hasAlike(alternatives, flags)
      ? ways.reduce((sum, it) => sum + it, 0)
      : ways.reduce((most, it) => Math.max(most, it), 1);
  };
  const of = (element: AST.Element): number => {
    if (element.type === 'Group' || element.type === 'CapturingGroup')
      return ofAlternatives(element.alternatives);
    if (element.type === 'Assertion')
      return 'alternatives' in element ? ofAlternatives(element.alternatives) : 1;
    if (element.type !== 'Quantifier') return 1;
    const { min, max } = element;
    const after = getFirstCharAfter(element, 'ltr', flags).char;
    const isShared = !getConsumedChars(element, flags).chars.isDisjointWith(after);
    return of(element.element) * (isShared ? Math.min(max, LONGEST_RUN) - Math.min(min, LONGEST_RUN) + 1 : 1);
  };
  return ofAlternatives(pattern.alternatives);
}

/** Whether two of the alternatives can begin with the same character. */
function hasAlike([first, ...others]: readonly AST.Alternative[], flags: ReadonlyFlags): boolean {
  if (first === undefined) return false;
  let seen = firstOf(first, flags);
  return others.some((other) => {
    const begins = firstOf(other, flags);
    const isAlike = !begins.isDisjointWith(seen);
    seen = seen.union(begins);
    return isAlike;
  });
}

function firstOf(element: AST.Element | AST.Alternative, flags: ReadonlyFlags) {
  return getFirstConsumedChar(element, 'ltr', flags).char;
}
