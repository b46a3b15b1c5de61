/** Ten to this power times a tenth of a dollar gives six digits: beyond it, the scale is no longer exact. */
const LARGEST_EXACT_SCALE = 1e22;

/**
 * Rounds to 6 decimals or 6 significant digits, whichever is finer: a million calls of $0.0000123456 each
 * still add up, and a call of $12.34 keeps its millionths.
 */
export function roundUsd(usd: number): number {
  let scale = 1e6;
  while (usd * scale < 1e5 && scale < LARGEST_EXACT_SCALE) scale *= 10;
  const scaled = Math.round(usd * scale);
  if (scale >= LARGEST_EXACT_SCALE) return Number(usd.toPrecision(6));
  // From here on a double has no millionths left to round.
  return scaled < Number.MAX_SAFE_INTEGER ? scaled / scale : usd;
}
