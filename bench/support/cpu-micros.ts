/** Microseconds of CPU that this process spends on one repetition, all its threads together. */
export async function cpuMicros(work: () => Promise<unknown>, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < times; at++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
