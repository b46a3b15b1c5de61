/** Something with spans that are not sent yet. */
export interface Flushable {
  forceFlush(): Promise<void>;
}

/**
 * Sends what is left when the process has nothing more to do, and on SIGTERM and SIGINT. An application that
 * listens to a signal decides itself when it exits; for one that doesn't, the signal goes on as soon as the spans are out.
 */
export function flushAtExit(provider: Flushable): void {
  const flush = () => provider.forceFlush().catch(() => undefined);
  process.once('beforeExit', () => void flush());
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, async () => {
      const others = process.listenerCount(signal);
      await flush();
      if (others === 0) process.kill(process.pid, signal);
    });
}
