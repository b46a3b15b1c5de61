import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

/**
 * Installs a global context manager, so that an active span stays active across `await`.
 *
 * @returns removes it
 * @throws Error if there is one already
 */
export function installContextManager(): () => void {
  const manager = new AsyncLocalStorageContextManager().enable();
  if (!context.setGlobalContextManager(manager)) {
    manager.disable();
    throw new Error('There is a global context manager already: remove it first.');
  }
  return () => context.disable();
}
