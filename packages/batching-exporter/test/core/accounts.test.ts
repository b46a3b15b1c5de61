import { recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { Accounts } from '../../src/core/accounts.js';

describe('Accounts', () => {
  it('let a flush wait for what is in the queue or on its way, and not for what is in a store only', async () => {
    const accounts = new Accounts('Example');
    for (let number = 0; number < 5; number++) accounts.queued();
    accounts.parked(0, 2);
    const flush = accounts.openFlush(5);
    expect(flush.total).to.equal(3);
    accounts.recovered(4);
    accounts.taken(1);
    accounts.delivered(2, 1);
    accounts.parked(3, 2);
    await flush.done;
    accounts.closeFlush(flush);
    expect(accounts.inStore).to.equal(8);
    expect(accounts.openFlush(5).total).to.equal(0);
  });

  it('tell a flush that a store has given something back, but not that it has given nothing', () => {
    const accounts = new Accounts('Example');
    accounts.recovered(2);
    accounts.restored(0);
    expect([accounts.restorations, accounts.inStore]).to.deep.equal([0, 2]);
    accounts.restored(2);
    expect([accounts.restorations, accounts.inStore]).to.deep.equal([1, 0]);
    accounts.recovered(3);
    accounts.droppedFromStore(2, 'storage_full');
    expect(accounts.inStore).to.equal(1);
  });

  it('tell of what is refused, unless there is none, as in an empty file of an ended process', () => {
    const diagnostics = recordDiag();
    const accounts = new Accounts('Example');
    accounts.refused('storage_full', 0);
    accounts.refused('queue_full');
    accounts.refused('queue_full');
    diagnostics.stop();
    expect(diagnostics.messages.map(({ message }) => message)).to.deep.equal([
      'Example: spans are being dropped: queue_full; see stats() for the counts.',
    ]);
    expect(accounts.stats()).to.deep.include({ accepted: 2, queued: 0 });
  });
});
