import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stub } from 'sinon';
import { nextTurn } from '../../src/core/waiting.js';
import { Folder, type LeftFile } from '../../src/storage/folder.js';
import { rejection } from '../support.js';

describe('Folder', () => {
  let parent: string;
  let folder: Folder;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'llm-otel-folder-'));
    folder = new Folder('Example', parent, 'kind');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('does not reject when a file can neither be set aside nor removed: nobody waits for it', async () => {
    writeFileSync(join(parent, 'set-aside'), '');
    const path = join(parent, 'a directory');
    mkdirSync(path);
    await folder.setAside(path);
  });

  it('removes a file that can not be set aside, which would be read again and again', async () => {
    writeFileSync(join(parent, 'set-aside'), '');
    const path = join(parent, 'torn.spans');
    writeFileSync(path, '');
    await folder.setAside(path);
    expect(existsSync(path)).to.equal(false);
  });

  it('loses no file of an ended process when another one can not be moved', async () => {
    const left = join(parent, 'kind-abcdef');
    mkdirSync(left);
    for (const name of ['1', '2', '3']) writeFileSync(join(left, `${name}.spans`), name);
    const own = join(await folder.nextPath(), '..');
    const found: LeftFile[] = [];
    const error = await rejection(
      folder.collectLeft((file) => {
        found.push(file);
        rmSync(join(own, 'kind-abcdef', '2.spans'));
      }),
    );
    expect(error).to.include({ code: 'ENOENT' });
    expect(found.map(({ path, bytes }) => [existsSync(path), bytes])).to.deep.equal([[true, 1]]);
    for (const { path } of found) rmSync(path);
    await folder.leave(true);
    expect(readdirSync(parent, { recursive: true })).to.include(
      join(own, 'kind-abcdef', '3.spans').slice(parent.length + 1),
    );
  });

  it('writes at the end of the process also when it was just being claimed', async () => {
    const renaming = stub(promises, 'rename').callsFake((from, to) => {
      renameSync(from, to);
      // The process ends before it hears of it.
      return new Promise(() => undefined);
    });
    void folder.nextPath();
    while (!renaming.called) await nextTurn();
    renaming.restore();
    folder.writeSync([Buffer.from('records')]);
    const files = readdirSync(parent, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /^kind-\w+\/.+\.spans$/.test(name))).to.have.length(1);
  });

  it('takes up later what could not be moved', async () => {
    const own = join(await folder.nextPath(), '..');
    mkdirSync(join(own, 'kind-abcdef'));
    writeFileSync(join(own, 'kind-abcdef', '3.spans'), '3');
    const found: LeftFile[] = [];
    await folder.collectLeft((file) => found.push(file));
    expect(found.map(({ path }) => existsSync(path))).to.deep.equal([true]);
    await folder.leave(true);
    expect(readdirSync(parent)).to.deep.equal([]);
  });
});
