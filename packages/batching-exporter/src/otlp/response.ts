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
const BRACE = 0x7b;

/**
 * Reads an ExportTraceServiceResponse, in protobuf or JSON: some backends answer in JSON whatever they were asked in. What
 * can't be read counts as a whole success, as the status said.
 */
export function readPartialSuccess(body: Uint8Array): PartialSuccess {
  const json = jsonOf(body);
  if (json !== undefined) {
    const { rejectedSpans, errorMessage } = (json.partialSuccess ?? {}) as Record<string, unknown>;
    return { rejectedSpans: countOf(rejectedSpans), message: stringOf(errorMessage) };
  }
  const partial = fieldsOf(body).get(RESPONSE_PARTIAL_SUCCESS);
  if (!(partial instanceof Uint8Array)) return { rejectedSpans: 0, message: '' };
  const fields = fieldsOf(partial);
  return {
    rejectedSpans: countOf(fields.get(PARTIAL_SUCCESS_REJECTED_SPANS)),
    message: textOf(fields.get(PARTIAL_SUCCESS_MESSAGE)),
  };
}

/** The text with which a backend refused a request, or '' if it can't be read. */
export function readErrorMessage(body: Uint8Array): string {
  const json = jsonOf(body);
  if (json !== undefined) return stringOf(json.message);
  return textOf(fieldsOf(body).get(STATUS_MESSAGE));
}

/** Whatever its content type says: no message in protobuf that a backend answers begins with a brace. */
function jsonOf(body: Uint8Array): Record<string, unknown> | undefined {
  if (body[0] !== BRACE) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}

/** JSON has numbers of 64 bits as strings; numbers are read too. A negative one in protobuf looks like one above 2^63. */
function countOf(value: unknown): number {
  const count = typeof value === 'string' ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 0;
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
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
