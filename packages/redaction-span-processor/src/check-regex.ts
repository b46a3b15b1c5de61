import type { AST } from '@eslint-community/regexpp';
import { visitRegExpAST } from '@eslint-community/regexpp';
import { getFirstCharAfter, getFirstConsumedChar, type ReadonlyFlags } from 'regexp-ast-analysis';
import { analyse } from 'scslre';

/** Follows every regular expression that is looked at, so that what it ends with has an end. */
const END = '\\uFFFE';

/**
 * Tells why a regular expression may take more than linear time; `undefined` if it can't. It would rather refuse
 * one that is harmless than let one through that is not.
 *
 * @param anywhere - it is looked for anywhere in long texts: then it must not run on from each place, either
 */
export function slowPartOf(regex: RegExp, anywhere: boolean): string | undefined {
  const { reports } = analyse(regex, { reportTypes: { Self: true, Trade: true, Move: anywhere } });
  const [report] = reports;
  if (report?.type === 'Move')
    return `${report.quant.raw} runs on from each place of a text, which takes quadratic time: give it a maximum, as in {1,64}`;
  if (report !== undefined)
    return 'its repetitions can share the same text in many ways, which takes a backtracking search very long';
  const ambiguous = ambiguousPartOf(regex);
  return ambiguous && `${ambiguous}, in what is repeated, can match the same text in two ways`;
}

/** Within repetitions, alternatives that begin alike, and what is optional before what begins as it does. */
function ambiguousPartOf(regex: RegExp): string | undefined {
  const { pattern, flags } = analyse(new RegExp(`(?:${regex.source})${END}`, regex.flags), {
    maxReports: 0,
  }).parsed;
  let repetitions = 0;
  let found: string | undefined;
  const checkAlternatives = ({ alternatives, raw }: AST.Group | AST.CapturingGroup) => {
    if (repetitions === 0) return;
    const firsts = alternatives.map((alternative) => firstOf(alternative, flags));
    if (firsts.some((first, index) => firsts.slice(0, index).some((other) => !first.isDisjointWith(other))))
      found ??= raw;
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

function firstOf(element: AST.Element | AST.Alternative, flags: ReadonlyFlags) {
  return getFirstConsumedChar(element, 'ltr', flags).char;
}
