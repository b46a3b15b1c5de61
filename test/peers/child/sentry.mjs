import { load } from './load.mjs';

/**
 * Sentry 11 writes no OpenTelemetry spans: what it sends is caught at its transport, and put into
 * the form of spans, so that the attribute names can be tried.
 */
export function prepareSentry() {
  const Sentry = load('@sentry/node');
  let envelopes = [];
  Sentry.init({
    dsn: 'https://key@sentry.invalid/1',
    tracesSampleRate: 1,
    defaultIntegrations: false,
    transport: () => ({
      send: async (envelope) => {
        envelopes.push(envelope);
        return {};
      },
      flush: async () => true,
    }),
  });
  return {
    root: (fn) => Sentry.startSpan({ name: 'POST /answer', op: 'http.server', forceTransaction: true }, fn),
    flush: () => Sentry.flush(2000),
    takeSpans() {
      const taken = envelopes;
      envelopes = [];
      return inOrder(
        taken.flatMap(([, items]) => items.flatMap(([header, payload]) => spansOf(header, payload))),
      );
    },
  };
}

function spansOf({ type }, payload) {
  return type === 'span' ? payload.items.map(toSpan) : [];
}

/** Parents start before their children and end after them: Sentry tells no order of its own. */
function inOrder(spans) {
  const ended = [];
  let sequence = 0;
  const visit = (span) => {
    const startedAt = sequence++;
    for (const child of spans) if (child.parentSpanId === span.spanId) visit(child);
    ended.push({ ...span, startedAt, startedWith: Object.keys(span.attributes), endedAt: sequence++ });
  };
  const ids = new Set(spans.map(({ spanId }) => spanId));
  for (const span of spans) if (!ids.has(span.parentSpanId)) visit(span);
  return ended;
}

function toSpan({
  name,
  span_id,
  trace_id,
  parent_span_id,
  status,
  attributes,
  start_timestamp,
  end_timestamp,
}) {
  const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
  return {
    name,
    kind: 0,
    traceId: trace_id,
    spanId: span_id,
    parentSpanId: parent_span_id,
    startTime: hrTime(start_timestamp),
    endTime: hrTime(end_timestamp),
    status: status === 'ok' ? { code: 0 } : { code: 2, message: status },
    attributes: Object.fromEntries(values),
    events: [],
    links: [],
    // There are no scopes: this one is ours.
    instrumentationScope: {
      name: attributes['sentry.origin']?.value === 'manual' ? 'application' : '@sentry/node',
    },
    resource: { attributes: { 'service.name': 'peers' } },
  };
}

const hrTime = (seconds) => [Math.floor(seconds), Math.round((seconds % 1) * 1e9)];
