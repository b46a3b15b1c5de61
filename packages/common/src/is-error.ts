/** Whether a value is an `Error`, also of another realm: in Jest, Node's own errors are not instances of the test's `Error`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
