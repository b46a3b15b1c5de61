import { anthropicBatchResults } from './apis/anthropic-batch-results.js';
import { anthropicMessages } from './apis/anthropic-messages.js';
import { type ClientKind, wrapClient } from './client/wrap-client.js';
import { yieldingTelemetry } from './client/yielding-telemetry.js';
import { field } from './json.js';
import { checkWrapOptions, type WrapOptions } from './options.js';

export const anthropic: ClientKind = {
  packageName: '@anthropic-ai/sdk',
  vendor: 'anthropic',
  methods: [
    { path: ['messages', 'create'], api: anthropicMessages },
    { path: ['beta', 'messages', 'create'], api: anthropicMessages },
    { path: ['messages', 'batches', 'results'], api: anthropicBatchResults },
    { path: ['beta', 'messages', 'batches', 'results'], api: anthropicBatchResults },
  ],
  helpers: [
    ['messages', 'stream'],
    ['beta', 'messages', 'stream'],
  ],
  polls: [],
  ownOptions(client) {
    // A copy takes the default timeout for one that was chosen, and then accepts requests that need a stream.
    const chosen = field(client, '_options');
    return chosen !== undefined && field(chosen, 'timeout') === undefined ? { timeout: undefined } : {};
  },
  tracedOptions: yieldingTelemetry,
};

/**
 * Gives a client of the `@anthropic-ai/sdk` package whose messages are traced, `beta.messages` and the
 * `parse()` and `stream()` helpers included. It is a copy of the same class; the client given stays as it is.
 * Results, errors, promises and streams are the client's own. Wrapping twice does nothing more.
 *
 * The span that the client itself makes of a message (since 1.12) gives way to this one; those of its other
 * calls stay.
 *
 * @param client - an `Anthropic`, or that of a platform: `AnthropicBedrock`, `AnthropicVertex` …
 * @throws TypeError for what is no such client, and for an option that is not known or of the wrong type
 */
export function wrapAnthropic<T extends object>(client: T, options: WrapOptions = {}): T {
  checkWrapOptions('wrapAnthropic', options);
  return wrapClient('wrapAnthropic', client, anthropic, options);
}
