/** What an OTLP backend said of a request that it accepted in part. */
export interface PartialSuccess {
  readonly rejectedSpans: number;
  readonly message: string;
}

const RESPONSE_PARTIAL_SUCCESS = 1;
const PARTIAL_SUCCESS_REJECTED_SPANS = 1;
const PARTIAL_SUCCESS_MESSAGE = 2;
/** Of google.rpc.Status, which is the body of an error. */
const STATUS_MESSAGE = 2;

/** Reads an ExportTraceServiceResponse; what can't be read counts as a whole success, as the status said. */
export function readPartialSuccess(body: Uint8Array): PartialSuccess {
  const partial = fieldsOf(body).get(RESPONSE_PARTIAL_SUCCESS);
  if (!(partial instanceof Uint8Array)) return { rejectedSpans: 0, message: '' };
  const fields = fieldsOf(partial);
  const rejected = fields.get(PARTIAL_SUCCESS_REJECTED_SPANS);
  return {
    rejectedSpans: typeof rejected === 'number' ? rejected : 0,
    message: textOf(fields.get(PARTIAL_SUCCESS_MESSAGE)),
  };
}

/** The text with which a backend refused a request, or '' if it can't be read. */
export function readErrorMessage(body: Uint8Array): string {
  return textOf(fieldsOf(body).get(STATUS_MESSAGE));
}

function textOf(field: number | Uint8Array | undefined): string {
  return field instanceof Uint8Array ? Buffer.from(field).toString() : '';
}

/** The fields of a message, as far as it can be read: numbers for varints, bytes for what has a length. */
function fieldsOf(message: Uint8Array): Map<number, number | Uint8Array> {
  const fields = new Map<number, number | Uint8Array>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < message.length; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < message.length) {
    const tag = varint();
    const type = tag % 8;
    if (type === 0) fields.set(Math.floor(tag / 8), varint());
    else if (type === 1) at += 8;
    else if (type === 5) at += 4;
    else if (type === 2) {
      const length = varint();
      if (!(at + length <= message.length)) break;
      fields.set(Math.floor(tag / 8), message.subarray(at, at + length));
      at += length;
    } else break;
  }
  return fields;
}
