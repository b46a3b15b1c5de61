import type { BatchingStats } from 'llm-otel';
import type { Row } from './rows.js';

const HEADINGS = [
  'model',
  'tokens in',
  'tokens out',
  'cost USD',
  'latency ms',
  'TTFT ms',
  'chunks',
  'retries',
  'result',
];

/** The lines of the table. */
export function tableLines(rows: readonly Row[]): string[] {
  const cells = rows.map((row) => [
    row.model,
    show(row.inputTokens),
    show(row.outputTokens),
    row.costUsd === undefined ? (row.costStatus ?? '–') : row.costUsd.toFixed(6),
    row.latencyMillis.toFixed(1),
    row.timeToFirstTokenMillis === undefined ? '–' : row.timeToFirstTokenMillis.toFixed(1),
    show(row.chunks),
    String(row.retries),
    row.outcome,
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const isText = (column: number) => column === 0 || column === HEADINGS.length - 1;
  const format = (line: readonly string[]) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isText(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [format(HEADINGS), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(format)];
}

export function ledgerLine({ accepted, exported, queued, inFlight, dropped }: BatchingStats): string {
  const reasons = Object.entries(dropped).filter(([, count]) => count > 0);
  const drops = reasons.map(([reason, count]) => `${count} dropped (${reason})`).join(', ') || '0 dropped';
  return `${accepted} accepted = ${exported} exported + ${queued} queued + ${inFlight} in flight + ${drops}`;
}

function show(count: number | undefined): string {
  return count === undefined ? '–' : String(count);
}
