import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect } from 'chai';
import { type EmittedLogRecord, emitted, logLines, viewsOf } from '../support/log-lines.js';
import { inTrace, old, traceId } from '../support/log-parts.js';

const email = 'bob@example.com';

for (const line of logLines) {
  describe(`a view of a log record of SDK ${line.name}`, () => {
    const given: EmittedLogRecord = {
      ...old('gen_ai.choice', { index: 0, finish_reason: 'stop', message: { content: 'secret' } }),
      timestamp: 1_700_000_000_000,
      severityText: 'INFO',
      severityNumber: 9,
      context: inTrace(),
    };
    const readable = (record: ReadableLogRecord) => {
      const { hrTime, hrTimeObserved, spanContext, severityText, severityNumber } = record;
      const { resource, instrumentationScope, droppedAttributesCount, eventName } = record;
      return {
        ...{ hrTime, hrTimeObserved, spanContext, severityText, severityNumber },
        ...{ resource, instrumentationScope, droppedAttributesCount, eventName },
      };
    };

    it('has the parts that are no content, unchanged', async () => {
      const record = await emitted(given, { line });
      const [view] = viewsOf([record]);
      expect(view?.body).to.deep.equal({ index: 0, finish_reason: 'stop' });
      expect(view?.attributes).to.deep.equal(given.attributes);
      const [before, after] = [readable(record), view && readable(view)];
      for (const [part, value] of Object.entries(before))
        expect(Reflect.get(after ?? {}, part), part).to.equal(value);
      expect(before).to.include({ severityText: 'INFO', severityNumber: 9, droppedAttributesCount: 0 });
      expect(before.spanContext?.traceId).to.equal(traceId);
      expect('eventName' in (view ?? {}), 'eventName').to.equal('eventName' in record);
    });

    it('refers to nothing that has the content, which stays in the log record itself', async () => {
      const record = await emitted(given, { line });
      const before = structuredClone([record.body, record.attributes]);
      const [view] = viewsOf([record]);
      expect(JSON.stringify(view)).not.to.include('secret');
      expect(Reflect.ownKeys(view ?? {}).filter((key) => String(key).startsWith('_'))).to.deep.equal([]);
      expect([record.body, record.attributes]).to.deep.equal(before);
    });

    it('is the log record itself if there is no content in it', async () => {
      const record = await emitted(
        { body: 'started', attributes: { 'app.plan': 'pro' }, severityText: 'INFO', context: inTrace() },
        { line },
      );
      expect(viewsOf([record])[0]).to.equal(record);
    });

    it('has no content of its resource, and one view of it for all log records', async () => {
      const resource = { 'service.name': 'app', 'process.command_line': 'node ask.js secret' };
      const record = await emitted({ body: 'started' }, { line, resource });
      const views = viewsOf([record, record]);
      const { 'process.command_line': _content, ...others } = record.resource.attributes;
      expect(others).to.include({ 'service.name': 'app' });
      expect(views[0]?.resource.attributes).to.deep.equal(others);
      expect(views[1]?.resource).to.equal(views[0]?.resource);
    });

    it('has no part of a number at which the limit on the length of attributes has cut a text', async () => {
      const cut = 'paid with 4111 1111 111';
      const attributes = { 'app.note': `${cut}1 1111 today`, 'app.mail': email };
      const record = await emitted({ attributes }, { line, attributeValueLengthLimit: cut.length });
      expect(record.attributes['app.note']).to.equal(cut);
      expect(viewsOf([record])[0]?.attributes['app.note']).to.equal('paid with [REDACTED]');
      // Bodies are not cut.
      const inBody = await emitted({ body: cut }, { line, attributeValueLengthLimit: cut.length });
      expect(viewsOf([inBody])[0]?.body).to.equal(cut);
      const uncut = { 'app.note': cut, 'app.mail': email };
      const whole = await emitted({ attributes: uncut }, { line, attributeValueLengthLimit: 200 });
      expect(viewsOf(viewsOf([whole]))[0]?.attributes).to.deep.equal({ ...uncut, 'app.mail': '[REDACTED]' });
    });
  });
}
