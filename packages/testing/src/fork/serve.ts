import type { CallMessage, ResultMessage, Service } from './messages.js';

/** Runs in the forked process: starts a service with the parent's options, then does what the parent calls. */
export function serve(start: (options: never) => Promise<Service>): void {
  // The parent went away, however it ended: nothing else would end this process.
  process.once('disconnect', () => process.exit());
  const started = start(JSON.parse(process.argv[2] ?? '{}') as never);
  answer(
    0,
    started.then(() => undefined),
  );
  process.on('message', ({ id, method, args }: CallMessage) => {
    answer(
      id,
      started.then((service) => (service[method] as (...args: unknown[]) => unknown)(...args)),
    );
  });
}

function answer(id: number, result: Promise<unknown>): void {
  result.then(
    (value) => send({ id, value }),
    (error: unknown) => send({ id, error: error instanceof Error ? error.message : String(error) }),
  );
}

function send(message: ResultMessage): void {
  process.send?.(message);
}
