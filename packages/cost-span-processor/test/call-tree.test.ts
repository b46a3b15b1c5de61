import type { LlmCall } from '@llm-otel/semantic-conventions';
import { expect } from 'chai';
import { CallTree } from '../src/call-tree.js';
import { totalsOf } from '../src/totals.js';

const call: LlmCall = { dialect: 'llm', kind: 'inference', usage: { inputTokens: 10, outputTokens: 1 } };
const agent: LlmCall = { ...call, kind: 'aggregate' };
const own = totalsOf(call, 0.5, true);
const at = (traceId: string, spanId: string, parentId?: string) => ({ traceId, spanId, parentId });

describe('CallTree', () => {
  it('forgets a trace whose spans have all ended', () => {
    const tree = new CallTree();
    tree.callStarts(at('t', 'chat', 'step'));
    tree.ends(at('t', 'chat', 'step'), own);
    tree.ends(at('t', 'step', 'root'), undefined);
    expect(tree.size).to.equal(1);
    tree.ends(at('t', 'root'), undefined);
    expect(tree.size).to.equal(0);
  });

  it('forgets a trace whose last call outlives its root', () => {
    const tree = new CallTree();
    tree.callStarts(at('t', 'chat', 'root'));
    tree.ends(at('t', 'root'), undefined);
    expect(tree.size).to.equal(1);
    tree.ends(at('t', 'chat', 'root'), own);
    expect(tree.size).to.equal(0);
  });

  it('remembers neither calls that nothing encloses nor traces without calls', () => {
    const tree = new CallTree();
    tree.ends(at('t', 'chat'), own);
    tree.ends(at('u', 'request', 'root'), undefined);
    expect(tree.size).to.equal(0);
  });

  it('keeps the calls below one root of a trace when another root ends', () => {
    const tree = new CallTree();
    tree.ends(at('t', 'chat', 'a'), own);
    tree.ends(at('t', 'b'), undefined);
    expect(tree.repeatedCalls(at('t', 'a'), agent)).to.equal('ended');
    expect(tree.ends(at('t', 'a'), undefined)).to.include({ calls: 1, costUsd: 0.5 });
    expect(tree.size).to.equal(0);
  });

  it('follows 1,000 traces, and forgets the one that has been idle longest', () => {
    const tree = new CallTree();
    for (let trace = 0; trace < 1_500; trace++) tree.ends(at(`t${trace}`, 'chat', 'root'), own);
    expect(tree.size).to.equal(1_000);
    expect(tree.repeatedCalls(at('t499', 'root'), agent)).to.equal('none');
    expect(tree.repeatedCalls(at('t500', 'root'), agent)).to.equal('ended');
  });

  it('does not forget an active trace, however many others never end', () => {
    const tree = new CallTree();
    for (let trace = 0; trace < 5_000; trace++) {
      if (trace % 500 === 0) tree.ends(at('long', `chat${trace}`, 'root'), own);
      // Their parents belong to another provider, so their end is not noticed.
      tree.callStarts(at(`t${trace}`, 'chat', 'root'));
      tree.ends(at(`t${trace}`, 'chat', 'root'), own);
    }
    expect(tree.size).to.equal(1_000);
    expect(tree.repeatedCalls(at('long', 'root'), agent)).to.equal('ended');
    expect(tree.ends(at('long', 'root'), undefined)).to.include({ calls: 10, costUsd: 5 });
  });

  it('remembers at most 1,000 spans of a trace', () => {
    const tree = new CallTree();
    for (let span = 0; span < 1_500; span++) tree.ends(at('t', `chat${span}`, `step${span}`), own);
    expect(tree.repeatedCalls(at('t', 'step499', 'root'), agent)).to.equal('none');
    expect(tree.repeatedCalls(at('t', 'step500', 'root'), agent)).to.equal('ended');
  });

  it('does not loop forever in a cycle of parents', () => {
    const tree = new CallTree();
    tree.callStarts(at('t', 'open', 'a'));
    tree.ends(at('t', 'a', 'b'), undefined);
    tree.ends(at('t', 'b', 'a'), undefined);
    expect(tree.repeatedCalls(at('t', 'c'), call)).to.equal('none');
  });
});
