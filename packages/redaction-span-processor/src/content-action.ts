import { createHmac } from 'node:crypto';

/** What stands in for content; `undefined`: nothing. Throws when the value can't be turned into text. */
export type Replace = (value: unknown) => string | undefined;

/** Stands for content that was masked. */
export const MARKER = '[REDACTED]';

const HASHED = /^hmac-sha256:[0-9a-f]{64}$/;

/** What is done with content. What already stands in for content is left as it is: redaction twice equals once. */
export function replaceContent(content: 'remove' | 'mask' | 'hash' | 'keep', hmacKey = ''): Replace {
  switch (content) {
    case 'mask':
      return () => MARKER;
    case 'hash':
      return (value) =>
        typeof value === 'string' && (value === MARKER || HASHED.test(value))
          ? value
          : `hmac-sha256:${createHmac('sha256', hmacKey).update(textOf(value)).digest('hex')}`;
    case 'remove':
    case 'keep':
      return () => undefined;
    default:
      throw new TypeError(`unknown action ${content satisfies never}`);
  }
}

function textOf(value: unknown): string | Uint8Array {
  if (typeof value === 'string' || value instanceof Uint8Array) return value;
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('not a value that an attribute can have');
  return text;
}
