import { isMainThread, parentPort } from 'node:worker_threads';
import { Reporter } from '@llm-otel/common';
import type { Environment } from './environment-reader.js';
import { addToProvider, registeredProvider } from './existing-provider.js';
import { hookClients } from './hook-clients.js';
import { hasLogger, logDiagnostics } from './log-diagnostics.js';
import { readSettings } from './settings.js';
import { startProvider } from './start-provider.js';

const OWNER = 'llm-otel/register';
const registered = Symbol.for('llm-otel/register');

/** Does what `llm-otel/register` promises, once per process, whichever copy of the package is loaded. */
export function register(environment: Environment): void {
  // In the thread of module hooks, which up to Node 22 also loads what `--require` names, there is nothing to do.
  if (!isMainThread && parentPort === null) return;
  if (Object.hasOwn(globalThis, registered)) return;
  Object.defineProperty(globalThis, registered, { value: true });

  const settings = readSettings(environment);
  if (settings.disabled) return;
  const existing = registeredProvider();
  // An existing SDK has set up its own logger, or wants none.
  if (existing === undefined) logDiagnostics(settings.logLevel);
  const reporter = new Reporter(OWNER);
  // Without a logger, prices or rules that are not in force would be noticed by nobody.
  const isHeard = hasLogger() || settings.logLevel === 'none';
  for (const problem of settings.problems) {
    if (isHeard) reporter.warnOnce(problem);
    else console.warn(`${OWNER}: ${problem}`);
  }

  if (existing !== undefined) addToProvider(existing, settings, reporter);
  else if (settings.exporter !== 'none') {
    for (const problem of settings.providerProblems) reporter.warnOnce(problem);
    try {
      startProvider(settings);
    } catch (error) {
      // The application may still start an SDK of its own.
      reporter.warnOnce(`no tracer provider could be created: ${(error as Error).message}`);
    }
  }
  hookClients(settings, reporter);
}
