/** The error texts of calls, by the span that failed. */
const errors = new WeakMap<object, ReadonlySet<string>>();

/**
 * Notes the error texts that are known when a failed call has been redacted. Where that was done in place, an exporter's
 * view finds none of them on the span, but must still recognise them on the spans above.
 */
export function noteErrorsOf(span: object, texts: ReadonlySet<string>): void {
  errors.set(span, texts);
}

/** The error texts of a span that has been redacted before. */
export function errorsOf(span: object): ReadonlySet<string> | undefined {
  return errors.get(span);
}
