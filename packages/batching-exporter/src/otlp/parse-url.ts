import { URL } from 'node:url';
import { describe } from '@llm-otel/common';

/**
 * @param owner - what must be a URL, as named in the error message
 * @throws TypeError that suggests a fix if it can
 */
export function parseUrl(owner: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const hint = text === '' || text.includes('://') ? '' : ` Did you mean "http://${text}"?`;
  throw new TypeError(
    `${owner} must be a URL that begins with http:// or https://, got ${describe(text)}.${hint}`,
  );
}
