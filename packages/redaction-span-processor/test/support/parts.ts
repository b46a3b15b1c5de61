import type { Attributes, Link } from '@opentelemetry/api';
import type { TimedEvent } from '@opentelemetry/sdk-trace-base';
import type { RedactionOptions } from '../../src/options.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { redact } from '../../src/redact/redact.js';
import type { SpanParts } from '../../src/span/span-parts.js';

export const call: Attributes = { 'llm.model': 'gpt-4o', 'llm.tokens.input': 12 };
export const http: Attributes = { 'http.request.method': 'GET', 'url.query': 'q=words' };

export const event = (name: string, attributes: Attributes): TimedEvent => ({
  name,
  attributes,
  time: [1, 2],
});
export const link = (attributes: Attributes): Link => ({
  context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 },
  attributes,
});
export const exception = () =>
  event('exception', {
    'exception.type': 'APIError',
    'exception.message': 'secret',
    'exception.stacktrace': 'secret',
  });

export const parts = (given: Partial<SpanParts>): SpanParts => ({
  attributes: call,
  events: [],
  links: [],
  status: { code: 0 },
  ...given,
});

export const redacted = (given: Partial<SpanParts>, options?: RedactionOptions) =>
  redact(parts(given), resolvePolicy('test', options));

export const attributesOf = (attributes: object, options?: RedactionOptions) =>
  redacted({ attributes: attributes as Attributes }, options)?.attributes;
