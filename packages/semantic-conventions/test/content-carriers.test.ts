import { contentCarriers, dialects } from '@llm-otel/semantic-conventions';
import { expect } from 'chai';

describe('the table of content carriers', () => {
  it('lists each carrier once', () => {
    const ids = contentCarriers.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  for (const { id, source, markers, contentMarks, content } of contentCarriers) {
    const { keys, prefixes, safeKeys, mixedJsonKeys, events } = content;

    describe(id, () => {
      it('gives the version from which its names were read', () => {
        expect(source).to.match(/@\d/);
      });

      it('lists each name once', () => {
        for (const list of [markers, keys, prefixes, safeKeys, mixedJsonKeys, events])
          expect(new Set(list).size).to.equal(list.length);
      });

      it('lists as safe only names that its prefixes, or the names below its keys, would match', () => {
        for (const key of safeKeys)
          expect(
            [...prefixes, ...keys.map((name) => `${name}.`)].some((prefix) => key.startsWith(prefix)),
            key,
          ).to.equal(true);
      });

      it('lists no key that a prefix already matches', () => {
        // Mixed JSON below a prefix is an exception, like safe keys.
        for (const key of keys)
          expect(
            prefixes.filter((prefix) => key.startsWith(prefix)),
            key,
          ).to.deep.equal([]);
      });

      it('lists no name in two roles', () => {
        for (const key of [...markers, ...safeKeys, ...mixedJsonKeys]) expect(keys, key).not.to.include(key);
      });

      it('has content', () => {
        expect(keys.length + prefixes.length).to.be.above(0);
      });

      if (contentMarks)
        it('does not use as a marker what any span may have', () => {
          for (const name of [...markers, ...keys, ...prefixes])
            expect(name).to.not.match(/^(baggage|http|url|server|db\.query\.text|exception|error)\b/);
        });
    });
  }

  it('agrees with the dialects: what one keeps, the other does not remove', () => {
    const safe = dialects.flatMap(({ content, markers, model, provider }) => [
      ...content.safeKeys,
      ...markers,
      ...[...model, ...provider].filter((key) => typeof key === 'string'),
    ]);
    for (const { content } of contentCarriers)
      for (const key of safe) expect(content.keys, key).not.to.include(key);
  });
});
