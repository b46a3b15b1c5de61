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
      return taken.flatMap(([, items]) => items.flatMap(([header, payload]) => spansOf(header, payload)));
    },
  };
}

function spansOf({ type }, payload) {
  if (type === 'transaction') {
    const root = payload.contexts.trace;
    return [
      ...payload.spans.map(toSpan),
      toSpan({ ...root, description: payload.transaction, start_timestamp: payload.start_timestamp, timestamp: payload.timestamp }),
    ];
  }
  return type === 'span' ? (payload.items ?? [payload]).map(toSpan) : [];
}

function toSpan({ span_id, trace_id, parent_span_id, description, op, status, data = {}, start_timestamp, timestamp }) {
  return {
    name: description ?? op ?? '',
    kind: 0,
    traceId: trace_id,
    spanId: span_id,
    parentSpanId: parent_span_id,
    startTime: hrTime(start_timestamp),
    endTime: hrTime(timestamp),
    status: status === undefined || status === 'ok' ? { code: 0 } : { code: 2, message: status },
    attributes: data,
    events: [],
    links: [],
    instrumentationScope: { name: '@sentry/node' },
    resource: { attributes: { 'service.name': 'peers' } },
  };
}

const hrTime = (seconds) => [Math.floor(seconds), Math.round((seconds % 1) * 1e9)];
