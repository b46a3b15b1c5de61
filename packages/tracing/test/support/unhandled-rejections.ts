import { setTimeout as sleep } from 'node:timers/promises';

/** What Node reports while `work` runs and shortly after, in place of mocha, which would fail the test. */
export async function rejectionEventsOf(work: () => Promise<void>): Promise<string[]> {
  const events: string[] = [];
  const onUnhandled = (reason: unknown) =>
    void events.push(`unhandled: ${(reason as { status?: number }).status}`);
  const onHandled = () => void events.push('handled later');
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', onUnhandled).on('rejectionHandled', onHandled);
  try {
    await work();
    await sleep(30);
    return events;
  } finally {
    process.off('unhandledRejection', onUnhandled).off('rejectionHandled', onHandled);
    for (const listener of others) process.on('unhandledRejection', listener);
  }
}
