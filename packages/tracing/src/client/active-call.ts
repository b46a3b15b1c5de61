import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientCall } from './client-call.js';

/**
 * The call on whose behalf code runs, so that a request can be told to its call. OpenTelemetry's own context
 * would do only where the application has registered a context manager.
 */
export const activeCall: AsyncLocalStorage<ClientCall> = new AsyncLocalStorage();
