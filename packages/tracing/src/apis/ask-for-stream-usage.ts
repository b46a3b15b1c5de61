import type { Loose } from '../unknown-values.js';

/** Asks for the usage in a last chunk without choices, unless the application has decided on that itself. */
export function askForStreamUsage(body: unknown): unknown {
  const request = body as Loose<'stream' | 'stream_options'>;
  const options = request?.stream_options as Loose<'include_usage'>;
  if (request?.stream !== true || options?.include_usage !== undefined) return body;
  return { ...request, stream_options: { ...options, include_usage: true } };
}
