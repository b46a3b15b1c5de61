import { recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { leavesGraph } from '../../src/langchain/leaves-graph.js';

const withStack = (...lines: string[]) => ({
  name: 'AbortError',
  stack: ['AbortError: This operation was aborted', ...lines].join('\n    at '),
});

describe('leavesGraph', () => {
  const cancel = 'IterableReadableWritableStream.cancel';
  const reasons: Record<string, [unknown, boolean]> = {
    'an abort by the stream of a graph': [
      withStack(
        'new DOMException (node:internal)',
        `${cancel} (file:///app/node_modules/@langchain/langgraph/dist/pregel/stream.js:1:2)`,
      ),
      true,
    ],
    'one on Windows': [
      withStack(`${cancel} (C:\\app\\node_modules\\@langchain\\langgraph\\dist\\pregel\\stream.cjs:1:2)`),
      true,
    ],
    'an abort by the application': [withStack('cancel (file:///app/langgraph/routes/stream.ts:1:2)'), false],
    'an abort by something else in LangGraph': [
      withStack('push (file:///app/node_modules/@langchain/langgraph/dist/pregel/stream.js:1:2)'),
      false,
    ],
    'a reason that is no error': ['left', false],
    'no reason': [undefined, false],
  };
  for (const [title, [reason, expected]] of Object.entries(reasons))
    it(`is ${expected} for ${title}`, () => expect(leavesGraph(reason)).to.equal(expected));

  it("is false for a stack that can't be read, and does not throw", () => {
    const diag = recordDiag();
    const reason = {
      get stack() {
        throw new Error('prepareStackTrace failed');
      },
    };
    expect(leavesGraph(reason)).to.equal(false);
    diag.stop();
  });
});
