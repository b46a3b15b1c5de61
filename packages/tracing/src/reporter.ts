import { Reporter } from '@llm-otel/common';

export const reporter: Reporter = new Reporter('@llm-otel/tracing');

/** Runs our own work, which must not throw into the application. What it throws is reported once per `cause`. */
export function guard<T>(cause: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    reporter.errorOnce(cause, error);
    return undefined;
  }
}
