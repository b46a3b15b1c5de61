import { Reporter } from '@llm-otel/common';

export const reporter: Reporter = new Reporter('@llm-otel/tracing');

/** Runs work of our own that must not throw into the application; what it throws is reported once per `cause`. */
export function guard<T>(cause: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    reporter.errorOnce(cause, error);
    return undefined;
  }
}
