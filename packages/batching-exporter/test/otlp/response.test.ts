import { traceService } from '@llm-otel/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { readErrorMessage, readPartialSuccess } from '../../src/otlp/response.js';

describe('the answer of a backend', () => {
  it('tells how many spans were rejected, and why', () => {
    for (const rejectedSpans of [0, 1, 127, 128, 300_000, 5_000_000_000]) {
      const partialSuccess = { rejectedSpans, errorMessage: `${rejectedSpans} zu alt für uns` };
      const body = traceService.ExportTraceServiceResponse.encode({ partialSuccess }).finish();
      expect(readPartialSuccess(body)).to.deep.equal({ rejectedSpans, message: partialSuccess.errorMessage });
    }
  });

  it('is a whole success when empty or not to be read', () => {
    const whole = { rejectedSpans: 0, message: '' };
    for (const body of [
      Buffer.alloc(0),
      Buffer.from('<html>'),
      Buffer.from('{}'),
      Buffer.from([0x0a, 0xff, 0x01]),
    ])
      expect(readPartialSuccess(body)).to.deep.equal(whole);
  });

  it('is a whole success when it tells a negative number of spans', () => {
    const body = traceService.ExportTraceServiceResponse.encode({
      partialSuccess: { rejectedSpans: -1, errorMessage: '' },
    }).finish();
    expect(readPartialSuccess(body)).to.deep.equal({ rejectedSpans: 0, message: '' });
  });

  it('is a whole success in JSON that tells no number of spans', () => {
    for (const rejectedSpans of ['2.5', '-1', '"many"', '""', 'null', 'true', '[3]', '{}', '1e400']) {
      const body = Buffer.from(`{"partialSuccess":{"rejectedSpans":${rejectedSpans},"errorMessage":7}}`);
      expect(readPartialSuccess(body), rejectedSpans).to.deep.equal({ rejectedSpans: 0, message: '' });
    }
    for (const text of [
      '{"partialSuccess":null}',
      '{"partialSuccess":3}',
      '{"partialSuccess":{}}',
      '{"partial',
    ])
      expect(readPartialSuccess(Buffer.from(text)), text).to.deep.equal({ rejectedSpans: 0, message: '' });
  });

  it('tells why everything was refused, also in JSON', () => {
    expect(readErrorMessage(Buffer.from('{"code":3,"message":"zu groß"}'))).to.equal('zu groß');
    for (const text of ['{"message":3}', '{}', '{"message"', '"message"'])
      expect(readErrorMessage(Buffer.from(text)), text).to.equal('');
  });

  it('can be any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (body) => {
        expect(readPartialSuccess(body).message).to.be.a('string');
        expect(readErrorMessage(body)).to.be.a('string');
      }),
    );
  });
});
