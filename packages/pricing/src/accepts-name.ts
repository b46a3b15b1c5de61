import type { MatchLogic, ModelInfo } from '@pydantic/genai-prices';

/**
 * What may follow the known part of a name: dates, revisions, release stages. A word, a size or a further
 * version number makes it another model, whose price is not known. No two of them match the same text in different ways:
 * a long name from a hostile server would take years.
 */
const SUFFIX = new RegExp(
  `^(?:${[
    '[@_]\\d{4}-\\d{2}-\\d{2}', // @2025-04-14
    '[-@_]\\d{8}', // -20250929, @20240620
    '-\\d{2}-\\d{4}', // -09-2025
    '-\\d{2}-\\d{2}', // -05-20
    '-\\d{4}', // -0613, -2512, and with the one above -2025-04-14
    '-0\\d{2}', // -001, a revision of Google's
    '-v\\d+(?=[:@]\\d|$)', // -v2:0 and -v1 on Bedrock, -v2@20241022 on Vertex
    ':\\d{1,2}(?::\\d{1,3}k)?', // the :0 of v1:0, with the context of provisioned throughput
    '[-@](?:latest|preview|exp|default|nightly)',
  ].join('|')})*$`,
);

/** What may precede the known part: the geography and the maker in a Bedrock id, or the maker of a resold model. */
const PREFIX = /^(?:(?:[a-z]{2,6}|us-gov)\.)?(?:[a-z0-9]+[./])?$/;

/**
 * Whether a name really means the price entry that the package found for it. The package's patterns are open
 * (`starts_with: 'claude-3-opus'`), so it also finds entries for models with similar names.
 *
 * @param name - in lower case
 */
export function acceptsName(model: ModelInfo, name: string): boolean {
  const id = model.id.toLowerCase();
  return [name, withDashedDates(name)].some(
    (spelling) => acceptsAround(spelling, id, id) || accepts(model.match, spelling, id),
  );
}

/** Whether a name is that of a snapshot of a model: the model's own, with dates, revisions or a release stage behind it. */
export function isSnapshot(name: string, model: string): boolean {
  const [whole, base] = [
    name.trim().toLowerCase(),
    model
      .trim()
      .toLowerCase()
      .replace(/-latest$/, ''),
  ];
  return whole.startsWith(base) && SUFFIX.test(whole.slice(base.length));
}

function accepts(logic: MatchLogic, name: string, id: string): boolean {
  if ('or' in logic) return logic.or.some((part) => accepts(part, name, id));
  // All of them match, or the package would not have found the entry; one of them must account for the whole name.
  if ('and' in logic) return logic.and.some((part) => accepts(part, name, id));
  if ('equals' in logic) return name === logic.equals.toLowerCase();
  if ('starts_with' in logic) return acceptsAround(name, logic.starts_with.toLowerCase(), id);
  if ('ends_with' in logic) return acceptsAround(name, logic.ends_with.toLowerCase(), id);
  if ('contains' in logic) return acceptsAround(name, logic.contains.toLowerCase(), id);
  const found = new RegExp(logic.regex).exec(name)?.[0];
  return found !== undefined && found !== '' && acceptsAround(name, found, id);
}

/** Whether the rest of a name, around its known part, leaves it the same model. */
function acceptsAround(name: string, known: string, id: string): boolean {
  const start = name.indexOf(known);
  if (start < 0 || !PREFIX.test(name.slice(0, start))) return false;
  const suffix = name.slice(endOfWord(name, start + known.length));
  if (!SUFFIX.test(suffix)) return false;
  // Another version on Bedrock is another model (titan-embed-text v1 and v2), unless a date says that it is the one.
  const version = /-v\d+(?=:|$)/.exec(suffix)?.[0];
  return version === undefined || id.includes(version);
}

/** If a pattern ends in the middle of a word (`claude-sonnet-4-2025`), the whole word must be a valid suffix. */
function endOfWord(name: string, end: number): number {
  const isWord = (index: number) => /[a-z0-9]/.test(name.charAt(index));
  let from = end;
  if (!isWord(end)) return end;
  while (isWord(from - 1)) from -= 1;
  return Math.max(0, from - 1);
}

/** The package looks a name up again with its dates in this format. */
function withDashedDates(name: string): string {
  return name.replace(/-(20\d{2})(\d{2})(\d{2})(?=-|:|$)/g, '-$1-$2-$3');
}
