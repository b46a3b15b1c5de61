import { EventStreamCodec } from '@smithy/eventstream-codec';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString(),
  (text) => Buffer.from(text),
);

/**
 * A message of AWS's event stream encoding.
 *
 * @param type - of the event, or of the exception that ends the stream
 */
export function eventStreamMessage(kind: 'event' | 'exception', type: string, body: object): Buffer {
  const message = codec.encode({
    headers: {
      [`:${kind}-type`]: { type: 'string', value: type },
      ':content-type': { type: 'string', value: 'application/json' },
      ':message-type': { type: 'string', value: kind },
    },
    body: Buffer.from(JSON.stringify(body)),
  });
  return Buffer.from(message);
}
