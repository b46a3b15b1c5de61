import { type DiagLogFunction, DiagLogLevel, diag } from '@opentelemetry/api';

/** One message that went to `diag`. */
export interface DiagMessage {
  readonly level: 'error' | 'warn' | 'info' | 'debug' | 'verbose';
  readonly message: string;
  readonly args: readonly unknown[];
}

/** What went to `diag` since {@link recordDiag}. */
export interface DiagRecorder {
  readonly messages: DiagMessage[];
  /** Leaves `diag` without a logger. */
  stop(): void;
}

/** Records what is logged to `diag`, from `level` on (default: warnings and errors). */
export function recordDiag(level: DiagLogLevel = DiagLogLevel.WARN): DiagRecorder {
  const messages: DiagMessage[] = [];
  const keep =
    (of: DiagMessage['level']): DiagLogFunction =>
    (message, ...args) =>
      void messages.push({ level: of, message, args });
  diag.setLogger(
    {
      error: keep('error'),
      warn: keep('warn'),
      info: keep('info'),
      debug: keep('debug'),
      verbose: keep('verbose'),
    },
    { logLevel: level, suppressOverrideMessage: true },
  );
  return { messages, stop: () => diag.disable() };
}
