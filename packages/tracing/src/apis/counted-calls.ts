/** Maximum number of calls remembered as counted; beyond it, the oldest are forgotten. */
const MAX_COUNTED = 10_000;

const counted = new Set<string>();

/** Counts a call whose outcome can be retrieved any number of times. @returns `false` if it has been counted before */
export function countOnce(id: string): boolean {
  if (counted.has(id)) return false;
  counted.add(id);
  if (counted.size > MAX_COUNTED) {
    const [oldest] = counted;
    if (oldest !== undefined) counted.delete(oldest);
  }
  return true;
}
