import { expect } from 'chai';
import { jsonTextsIn } from '../../src/cli/json-texts.js';

describe('the JSON texts of a file', () => {
  async function* chunksOf(...chunks: string[]) {
    yield* chunks;
  }
  const read = async (chunks: AsyncIterable<string>, maxLength?: number) => {
    const read: [unknown, string][] = [];
    for await (const { value, place } of jsonTextsIn(chunks, 'spans', maxLength)) read.push([value, place]);
    return read;
  };
  const problemOf = async (chunks: AsyncIterable<string>, maxLength?: number) => {
    try {
      await read(chunks, maxLength);
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  it('are its lines, or else the whole', async () => {
    expect(await read(chunksOf('{"a"', ':1}\n\n[', '2]\n'))).to.deep.equal([
      [{ a: 1 }, 'spans: line 1'],
      [[2], 'spans: line 3'],
    ]);
    expect(await read(chunksOf('\uFEFF{\n"a":', '\n1}\n'))).to.deep.equal([[{ a: 1 }, 'spans']]);
  });

  it('are not searched for in what can not be JSON, which is refused at its first line', async () => {
    const texts = ['\x1F\uFFFD\b\0', '(\uFFFD/\uFFFD', '\uFFFD\uFFFD{\0', 'traceID,name'];
    for (const text of texts) {
      const endless = (async function* () {
        for (;;) yield `${text}\n`;
      })();
      expect(await problemOf(endless)).to.equal(
        'spans is not JSON in UTF-8. If it is compressed, decompress it: zcat spans.json.gz | llm-otel audit -',
      );
    }
  });

  it('are not kept beyond the longest string that Node can hold', async () => {
    expect(await problemOf(chunksOf('{"a":1}\n{"', 'b":', '2}'), 7)).to.equal(undefined);
    expect(await problemOf(chunksOf('{"a":1}\n{"', 'b":', '23}'), 7)).to.equal(
      'spans: line 2 is longer than Node.js can read (7 characters).',
    );
    const endless = (async function* () {
      for (;;) yield '{"a":\n';
    })();
    expect(await problemOf(endless, 100)).to.equal(
      'spans: line 1 is not JSON, and the whole is longer than Node.js can read (100 characters).',
    );
  });
});
