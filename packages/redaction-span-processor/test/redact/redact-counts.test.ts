import { expect } from 'chai';
import type { SpanParts } from '../../src/span/span-parts.js';
import { attributesOf, call, exception, link, redacted } from '../support/parts.js';

describe('the counts of a redaction', () => {
  const given: Partial<SpanParts> = {
    attributes: { ...call, 'llm.prompt': 'secret', 'llm.invocation_parameters': '{"n":1,"system":"secret"}' },
    events: [exception()],
    links: [link({ 'llm.prompt': 'secret' })],
    status: { code: 2, message: 'secret' },
  };

  it('count attributes, attributes of events and links, and the status message', () => {
    expect(redacted(given)?.tally).to.deep.equal({ removed: 6, masked: 0, failed: 0 });
    // From the settings, a part was removed: no marker takes its place.
    expect(redacted(given, { content: 'mask' })?.tally).to.deep.equal({ removed: 1, masked: 5, failed: 0 });
  });

  it("are written with summary: 'counts', and only then", () => {
    expect(redacted(given)?.attributes).not.to.have.property('llm.redaction.removed_count');
    expect(redacted(given, { summary: 'counts' })?.attributes).to.include({
      'llm.redaction.removed_count': 6,
    });
    expect(redacted(given, { summary: 'counts', content: 'mask' })?.attributes).to.include({
      'llm.redaction.removed_count': 1,
      'llm.redaction.masked_count': 5,
    });
  });

  it('are not written if nothing was removed', () => {
    expect(redacted({}, { summary: 'counts' })).to.equal(undefined);
  });

  it('are added to those of an earlier redaction', () => {
    const attributes = { ...call, 'llm.redaction.removed_count': 4, 'llm.prompt': 'secret' };
    expect(attributesOf(attributes, { summary: 'counts' })).to.include({ 'llm.redaction.removed_count': 5 });
  });

  it("are written with the keys with summary: 'keys', which are added to those of an earlier redaction", () => {
    const options = { summary: 'keys' } as const;
    const once = redacted({ ...given, events: [exception()] }, options)?.attributes;
    expect(once?.['llm.redaction.keys']).to.deep.equal([
      'llm.prompt',
      'llm.invocation_parameters',
      'status.message',
      'exception.message',
      'exception.stacktrace',
    ]);
    expect(once?.['llm.redaction.removed_count']).to.equal(6);
    expect(
      attributesOf({ ...once, 'llm.response': 'secret' }, options)?.['llm.redaction.keys'],
    ).to.deep.equal([
      'llm.prompt',
      'llm.invocation_parameters',
      'status.message',
      'exception.message',
      'exception.stacktrace',
      'llm.response',
    ]);
  });

  it('list at most 128 keys', () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`llm.tools.${index}`, 'secret']),
    );
    const written = attributesOf({ ...call, ...attributes }, { summary: 'keys' });
    expect(written?.['llm.redaction.keys']).to.have.length(128);
    expect(written?.['llm.redaction.removed_count']).to.equal(200);
  });
});
