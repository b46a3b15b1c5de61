import { expect } from 'chai';
import { dialects } from '../../src/index.js';

describe('the table of dialects', () => {
  it('names each dialect once, with the source of its names', () => {
    const ids = dialects.map((dialect) => dialect.id);
    expect(ids).to.deep.equal([...new Set(ids)]);
    for (const dialect of dialects) expect(dialect.source, dialect.id).to.match(/\w/);
  });

  for (const dialect of dialects) {
    it(`${dialect.id}: no fact that is read is listed as content`, () => {
      const read = [
        ...dialect.markers,
        ...dialect.operation.keys,
        ...[
          ...dialect.model,
          ...dialect.provider,
          ...dialect.serviceTier,
          ...dialect.streaming,
          ...Object.values(dialect.usage).flat(),
        ].filter((key) => typeof key === 'string'),
      ];
      const content = dialects.map((each) => each.content);
      const safe = new Set(content.flatMap((each) => each.safeKeys));
      for (const key of read) {
        expect(
          content.flatMap((each) => each.keys),
          key,
        ).not.to.include(key);
        const prefix = content.flatMap((each) => each.prefixes).find((each) => key.startsWith(each));
        if (prefix !== undefined) expect(safe.has(key), `${key} begins with ${prefix}`).to.equal(true);
      }
    });
  }
});
