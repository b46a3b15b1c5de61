import { createTraceState } from '@opentelemetry/api';
import { expect } from 'chai';
import { Snapshot } from '../../src/span/snapshot.js';
import type { SpanParts } from '../../src/span/span-parts.js';
import { event, link, parts } from '../support/parts.js';

const traced = (state: string) => {
  const { context } = link({});
  return { ...context, traceState: createTraceState(state) };
};

const span = () => {
  const context = traced('a=1');
  return parts({
    name: 'chat',
    attributes: { 'app.note': 'words', 'app.tags': ['a', 'b'] },
    events: [event('first', { 'app.note': 'words' }), event('second', {})],
    links: [{ context, attributes: { 'app.note': 'words' } }],
    status: { code: 2, message: 'words' },
    resource: { attributes: {} } as SpanParts['resource'],
    instrumentationScope: { name: 'app' },
  });
};

/** Whether the span is recognised after a change. */
const isRecognised = (change: (span: SpanParts) => void, given = span()) => {
  const snapshot = new Snapshot();
  snapshot.take(given);
  change(given);
  return snapshot.isOf(given);
};

describe('Snapshot', () => {
  it('recognises a span that has not changed', () => {
    expect(isRecognised(() => {})).to.equal(true);
  });

  for (const [change, write] of Object.entries<(span: SpanParts) => void>({
    'a value gets another key': ({ attributes }) => {
      const tags = attributes['app.tags'];
      delete attributes['app.tags'];
      attributes['llm.prompt'] = tags;
    },
    'an attribute is removed': ({ attributes }) => void delete attributes['app.tags'],
    'the status code changes': (given) => Object.assign(given.status, { code: 0 }),
    'the resource is replaced': (given) => Object.assign(given, { resource: { attributes: {} } }),
    'the scope is replaced': (given) => Object.assign(given, { instrumentationScope: { name: 'app' } }),
    'an event is removed': ({ events }) => void events.pop(),
    'the trace state of a link is replaced': ({ links: [own] }) =>
      Object.assign(own?.context ?? {}, { traceState: createTraceState('a=2') }),
    'the context of a link is replaced': ({ links: [own] }) =>
      Object.assign(own ?? {}, { context: { ...own?.context } }),
    'a link is removed': ({ links }) => void links.pop(),
  }))
    it(`does not recognise it if ${change}`, () => {
      expect(isRecognised(write)).to.equal(false);
    });

  it('never recognises a span with a map, which can be written to', () => {
    const map = { note: 'words' };
    for (const value of [map, [map]]) {
      const attributes = { 'app.map': value as never };
      expect(isRecognised(() => {}, parts({ attributes }))).to.equal(false);
    }
  });

  it('does not remember a span of more than 1,024 entries', () => {
    const tags = (count: number) => parts({ attributes: { tags: Array.from({ length: count }, () => 'a') } });
    expect(isRecognised(() => {}, tags(1_000))).to.equal(true);
    expect(isRecognised(() => {}, tags(1_024))).to.equal(false);
  });
});
