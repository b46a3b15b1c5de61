import { constants } from 'node:buffer';

/** A JSON text of a file, parsed, and its place in that file, for messages. */
export interface JsonText {
  readonly value: unknown;
  readonly place: string;
}

/**
 * One JSON text per line, or the whole file is one. The file is read only once, because it may be a pipe.
 *
 * @param file - its name, for messages
 * @param maxLength - of a line, and of a whole that is not one text per line
 * @throws Error that says where the file is not JSON; its message quotes nothing from the file
 */
export async function* jsonTextsIn(
  chunks: AsyncIterable<string>,
  file: string,
  maxLength: number = constants.MAX_STRING_LENGTH,
): AsyncGenerator<JsonText> {
  const ofWhole: string[] = [];
  let lengthOfWhole = 0;
  let hasTexts = false;
  let number = 0;
  const tooLong = `longer than Node.js can read (${maxLength} characters)`;
  for await (const pieces of linesIn(chunks, maxLength)) {
    number += 1;
    if (pieces === undefined) throw new Error(`${file}: line ${number} is ${tooLong}.`);
    const line = pieces.join('');
    if (line.trim() === '') continue;
    const value = ofWhole.length === 0 ? parse(line) : undefined;
    if (value !== undefined) {
      hasTexts = true;
      yield { value, place: `${file}: line ${number}` };
      continue;
    }
    if (hasTexts) throw new Error(`${file}: line ${number} is not JSON.`);
    // Compressed files, protobuf and other encodings: nothing after this could make it JSON.
    if (ofWhole.length === 0 && !/^\uFEFF?\s*[[{]/.test(line))
      throw new Error(
        `${file} is not JSON in UTF-8. If it is compressed, decompress it: zcat spans.json.gz | llm-otel audit -`,
      );
    ofWhole.push(line);
    lengthOfWhole += line.length + 1;
    if (lengthOfWhole > maxLength)
      throw new Error(`${file}: line 1 is not JSON, and the whole is ${tooLong}.`);
  }
  if (ofWhole.length === 0) return;
  const value = parse(ofWhole.join('\n'));
  if (value === undefined) throw new Error(`${file} is not JSON.`);
  yield { value, place: file };
}

/**
 * The lines, each in pieces; `undefined` for one that is too long, after which nothing is read. Not by `readline`: in Node
 * 24, it also ends a line at U+2028, which JSON may contain.
 */
async function* linesIn(
  chunks: AsyncIterable<string>,
  maxLength: number,
): AsyncGenerator<readonly string[] | undefined> {
  let line: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [first = '', ...others] = chunk.split('\n');
    line.push(first);
    length += first.length;
    if (length > maxLength) return yield undefined;
    for (const next of others) {
      yield line;
      line = [next];
      length = next.length;
    }
  }
  yield line;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
