/** Also of another realm, as Node's own errors are to a test of Jest's: that is no `Error` of this one. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
