import { DiagConsoleLogger, type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import type { LogLevel } from './settings.js';

const LATE_SDK =
  'llm-otel/register: another OpenTelemetry SDK was started after it. OpenTelemetry keeps only the first tracer ' +
  'provider, so all spans go through llm-otel. To keep that SDK, start it first, or set OTEL_TRACES_EXPORTER=none.';

/**
 * Writes the messages of `diag` to the console, from a level on. If another SDK is started later, the API reports three
 * errors with stacks: they are replaced by one message that says what to do.
 */
export function logDiagnostics(level: LogLevel): void {
  const logLevel = DiagLogLevel[level.toUpperCase() as Uppercase<LogLevel>];
  diag.setLogger(loggerOfLateSdks(), { logLevel, suppressOverrideMessage: true });
}

/**
 * Whether `diag` has a logger. Its own class does not say; this is where all copies of the API 1.x keep it.
 */
export function hasLogger(): boolean {
  const api: unknown = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1'));
  return typeof api === 'object' && api !== null && Reflect.get(api, 'diag') !== undefined;
}

function loggerOfLateSdks(): DiagLogger {
  const logger = new DiagConsoleLogger();
  const { error } = logger;
  let told = false;
  logger.error = (message, ...args) => {
    if (!/Attempted duplicate registration of API: (trace|context|propagation)/.test(message)) {
      error(message, ...args);
    } else if (!told) {
      told = true;
      logger.warn(LATE_SDK);
    }
  };
  return logger;
}
