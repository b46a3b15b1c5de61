import { URL } from 'node:url';
import { describe } from '@llm-otel/common';

/**
 * @param owner - what must be a URL, as named in the error message
 * @throws TypeError that suggests a fix if it can
 */
export function parseUrl(owner: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    if (isEncoded(url.username) && isEncoded(url.password)) return url;
    throw new TypeError(`${owner} must have its user name and password percent-encoded (% as %25).`);
  }
  // What is before an `@` may be a password.
  const shown = text.replace(/^.*@/s, '…@');
  const hint = text === '' || /:\/\/|@/.test(text) ? '' : ` Did you mean "http://${text}"?`;
  throw new TypeError(
    `${owner} must be a URL that begins with http:// or https://, got ${describe(shown)}.${hint}`,
  );
}

/** Node.js decodes credentials at each request, which fails for the others. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
