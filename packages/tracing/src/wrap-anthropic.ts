import { anthropicBatchResults } from './apis/anthropic-batch-results.js';
import { anthropicMessages } from './apis/anthropic-messages.js';
import type { ClientKind } from './client/client-kind.js';
import { wrapClient } from './client/wrap-client.js';
import { yieldingTelemetry } from './client/yielding-telemetry.js';
import { type WrapOptions, wrapChecks } from './options.js';
import { field } from './unknown-values.js';

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
    ['beta', 'messages', 'toolRunner'],
    ['beta', 'messages', 'thread'],
  ],
  polls: [],
  optionChecks: wrapChecks,
  ownOptions(client) {
    // A copy would treat the default timeout as chosen by the user, and then accept requests that need a stream.
    const chosen = field(client, '_options');
    return chosen !== undefined && field(chosen, 'timeout') === undefined ? { timeout: undefined } : {};
  },
  tracedOptions: yieldingTelemetry,
};

/**
 * Returns a copy of a client of the `@anthropic-ai/sdk` package whose messages are traced, including `beta.messages` and
 * the `parse()` and `stream()` helpers. The copy is of the same class; the given client stays as it is. Results, errors,
 * promises and streams are the client's own. Wrapping twice has no further effect.
 *
 * The span that the client itself creates for a message (since 1.12) is merged with this one; its spans of other calls
 * stay.
 *
 * @param client - an `Anthropic`, or the client of a platform: `AnthropicBedrock`, `AnthropicVertex` …
 * @returns the traced copy; the given client if it can't be copied, which is reported to `diag`
 * @throws TypeError if `client` is not such a client, or an option is unknown or of the wrong type
 */
export function wrapAnthropic<T extends object>(client: T, options: WrapOptions = {}): T {
  return wrapClient('wrapAnthropic', client, anthropic, options);
}
