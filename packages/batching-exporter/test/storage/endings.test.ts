import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { mode, Rig } from './rig.js';

describe('a process with storage', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start();
    rig.goDown();
  });
  afterEach(() => rig.stop());

  for (const ending of ['process.exit()', 'an uncaught exception', 'nothing left to do'])
    it(`loses nothing when it ends by ${ending}`, async () => {
      const child = fork(
        join(__dirname, '..', 'fixtures', 'storage.ts'),
        [rig.receiver.url, rig.directory, ending],
        {
          execArgv: ['--require', 'tsx/cjs'],
          stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        },
      );
      const [code] = await once(child, 'exit');
      expect(code).to.equal(ending === 'an uncaught exception' ? 1 : 0);
      for (const file of rig.files()) expect(mode(file)).to.equal('600');
      await rig.comeUp();
      const next = rig.exporter();
      await rig.receiver.waitForSpans(1_000);
      await next.shutdown();
      expect(new Set(rig.receiver.spanIds).size).to.equal(1_000);
      expect(next.storageStats()).to.deep.include({ bytes: 0, tornFiles: 0 });
    }).timeout(30_000);
});
