import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import promises from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stub } from 'sinon';
import { Claim, makeDirectory, takeOverDead } from '../../src/storage/claim.js';
import { rejection } from '../support.js';

describe('directories of several processes', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'llm-otel-claim-'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const claim = () => Claim.take(parent, makeDirectory(parent), 'kind');
  const inside = (directory: string) => readdirSync(directory).filter((name) => name !== 'lock');

  it('are not taken from a process that lives', async () => {
    const [own, other] = [await claim(), await claim()];
    await takeOverDead(parent, 'kind', own.directory);
    expect(readdirSync(parent)).to.have.length(2);
    other.release();
    own.release();
  });

  for (const [what, below] of [
    ['short', ''],
    // Others reach the socket through an open handle.
    ['too long for a socket', join('a'.repeat(100), 'b'.repeat(100))],
  ] as const) {
    const sharedDirectory = () => {
      const shared = join(parent, below);
      mkdirSync(shared, { recursive: true });
      return shared;
    };

    it(`are taken from one that has ended, also with what can not be moved from there (path ${what})`, async () => {
      const shared = sharedDirectory();
      const claimed = () => Claim.take(shared, makeDirectory(shared), 'kind');
      const dead = await claimed();
      for (const name of ['kind-abcdef', 'notes.txt']) mkdirSync(join(dead.directory, name));
      dead.release();
      const own = await claimed();
      await takeOverDead(shared, 'kind', own.directory);
      expect(inside(own.directory).map((name) => join(shared, name))).to.deep.equal([dead.directory]);
      own.release();
    });

    it(`can be claimed later if that is not possible at once (path ${what})`, async () => {
      const shared = sharedDirectory();
      const made = makeDirectory(shared);
      const inTheWay = Claim.directoryFor(shared, made, 'kind');
      mkdirSync(join(inTheWay, 'something'), { recursive: true });
      expect(await rejection(Claim.take(shared, made, 'kind'))).to.include({ code: 'ENOTEMPTY' });
      expect(readdirSync(made)).to.deep.equal([]);
      rmSync(inTheWay, { recursive: true });
      const own = await Claim.take(shared, made, 'kind');
      expect(readdirSync(own.directory)).to.deep.equal(['lock']);
      own.release();
    });

    it(`are taken from one that has ended, by one of all that try (path ${what})`, async () => {
      const shared = sharedDirectory();
      const claimed = () => Claim.take(shared, makeDirectory(shared), 'kind');
      for (let round = 0; round < 5; round++) {
        const dead = await Promise.all(Array.from({ length: 5 }, claimed));
        for (const { directory } of dead) writeFileSync(join(directory, '1.spans'), directory);
        for (const each of dead) each.release();
        const living = await Promise.all(Array.from({ length: 4 }, claimed));
        await Promise.all(living.map(({ directory }) => takeOverDead(shared, 'kind', directory)));
        const taken = living.flatMap(({ directory }) => inside(directory).map((name) => join(shared, name)));
        expect(taken.toSorted()).to.deep.equal(dead.map(({ directory }) => directory).toSorted());
        for (const each of living) each.release();
        for (const { directory } of living) rmSync(directory, { recursive: true });
      }
    });
  }

  it('are not taken if they are of another kind, or nobody knows what', async () => {
    const other = await Claim.take(parent, makeDirectory(parent), 'other');
    other.release();
    writeFileSync(join(parent, 'kind-of-file'), '');
    const own = await claim();
    await takeOverDead(parent, 'kind', own.directory);
    expect(inside(own.directory)).to.deep.equal([]);
    own.release();
  });

  it('are not taken, nor removed, if they only bear such a name and hold something else', async () => {
    const files = [
      'kind-config/collector.yaml',
      'kind-config/lock',
      'kind-empty',
      'empty',
      '.new-release/notes.txt',
      '.new-release/lock',
    ];
    for (const file of files) mkdirSync(join(parent, file), { recursive: true });
    for (const old of ['.new-release', 'empty']) utimesSync(join(parent, old), 0, 0);
    mkdirSync(join(parent, 'elsewhere'));
    writeFileSync(join(parent, 'elsewhere', '1.spans'), '');
    symlinkSync(join(parent, 'elsewhere'), join(parent, 'kind-link'));
    // The socket of an ended process, but not a lock.
    const agent = await listen(join(parent, 'elsewhere', 'agent'));
    mkdirSync(join(parent, 'kind-agent'));
    renameSync(join(parent, 'elsewhere', 'agent'), join(parent, 'kind-agent', 'agent'));
    agent.close();
    const own = await claim();
    await takeOverDead(parent, 'kind', own.directory);
    expect(inside(own.directory)).to.deep.equal([]);
    for (const file of [...files, 'kind-link', 'kind-agent/agent'])
      expect(existsSync(join(parent, file)), file).to.equal(true);
    own.release();
  });

  it('are not taken as long as it can not be asked whether their process lives', async () => {
    const shared = join(parent, 'a'.repeat(100));
    mkdirSync(shared);
    const claimed = () => Claim.take(shared, makeDirectory(shared), 'kind');
    const [own, other] = [await claimed(), await claimed()];
    const opening = stub(promises, 'open').rejects(Object.assign(new Error(), { code: 'EMFILE' }));
    await takeOverDead(shared, 'kind', own.directory);
    expect(opening.called).to.equal(true);
    opening.restore();
    expect(existsSync(other.directory)).to.equal(true);
    other.release();
    own.release();
  });

  it('are asked for over a connection that does not last, even if their process is frozen', async () => {
    const directory = join(parent, 'kind-frozen');
    mkdirSync(directory);
    const frozen = await listen(join(directory, 'lock'));
    const own = await claim();
    const [connection] = await Promise.all([
      once(frozen, 'connection').then(([socket]: Socket[]) => socket?.resume()),
      takeOverDead(parent, 'kind', own.directory),
    ]);
    await once(connection ?? frozen, 'end');
    expect(existsSync(directory)).to.equal(true);
    connection?.destroy();
    frozen.close();
    own.release();
  });

  it('are taken if their process ended before it could listen, but not before it wrote', async () => {
    const dead = join(parent, 'kind-abcdef');
    mkdirSync(dead);
    writeFileSync(join(dead, '1.spans'), '');
    const own = await claim();
    await takeOverDead(parent, 'kind', own.directory);
    expect(inside(own.directory)).to.deep.equal(['kind-abcdef']);
    own.release();
  });

  it('can not be claimed where there can be no socket, which ends nothing', async () => {
    const made = makeDirectory(parent);
    writeFileSync(join(made, 'lock'), '');
    expect(await rejection(Claim.take(parent, made, 'kind'))).to.include({ code: 'EADDRINUSE' });
    expect(existsSync(made)).to.equal(true);
  });

  it('are removed if their process did not get to use them, by one of all that try', async () => {
    const old = Array.from({ length: 20 }, () => makeDirectory(parent));
    for (const directory of old) utimesSync(directory, 0, 0);
    const fresh = makeDirectory(parent);
    const frozen = makeDirectory(parent);
    const server = await listen(join(frozen, 'lock'));
    utimesSync(frozen, 0, 0);
    const [own, other] = [await claim(), await claim()];
    await Promise.all([own, other].map(({ directory }) => takeOverDead(parent, 'kind', directory)));
    expect(
      readdirSync(parent)
        .map((name) => join(parent, name))
        .toSorted(),
    ).to.deep.equal([fresh, frozen, own.directory, other.directory].toSorted());
    server.close();
    own.release();
    other.release();
  });
});

async function listen(path: string): Promise<Server> {
  const server = createServer({ allowHalfOpen: true });
  await once(server.listen(path), 'listening');
  return server;
}
