import { DiagConsoleLogger, type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import type { LogLevel } from './settings.js';

const LATE_SDK =
  'llm-otel/register: an SDK was started after it, whose tracer provider OpenTelemetry does not take: spans go the way ' +
  'of llm-otel. To keep that SDK start it first, or set OTEL_TRACES_EXPORTER=none.';

/**
 * Writes to the console what `diag` is told, from a level on. What the API makes
 * of an SDK that is started later, three errors with stacks, becomes a sentence that says what to do.
 */
export function logDiagnostics(level: LogLevel): void {
  const logLevel = DiagLogLevel[level.toUpperCase() as Uppercase<LogLevel>];
  diag.setLogger(loggerOfLateSdks(), { logLevel, suppressOverrideMessage: true });
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
