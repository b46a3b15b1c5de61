/** Why a backend did not accept what it was sent: the `cause` of a `forceFlush` that rejects. */
export class OtlpExportError extends Error {
  override readonly name = 'OtlpExportError';
  /** The HTTP status. */
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}
