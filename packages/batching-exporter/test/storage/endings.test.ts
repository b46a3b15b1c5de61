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

  it('loses nothing when it is the worker of a cluster, which knows nothing of its socket, and is killed', async () => {
    // Too long for a socket: the way there is through a handle that only the worker has.
    const directory = join(rig.directory, 'a'.repeat(100));
    const primary = fork(
      join(__dirname, '..', 'fixtures', 'cluster.ts'),
      [rig.receiver.url, directory, 'SIGKILL'],
      { execArgv: ['--require', 'tsx/cjs'], stdio: ['ignore', 'pipe', 'ignore', 'ipc'] },
    );
    let told = '';
    primary.stdout?.on('data', (text) => {
      told += text;
    });
    await once(primary, 'close');
    expect(told).to.equal('');
    await rig.comeUp();
    const next = rig.exporter('OtlpBatchingSpanExporter', { storage: { directory } });
    await rig.receiver.waitForSpans(1_000);
    await next.shutdown();
    expect(next.storageStats()).to.deep.include({ bytes: 0, recovered: 1_000, tornFiles: 0 });
  }).timeout(30_000);
});
