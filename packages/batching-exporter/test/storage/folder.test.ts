import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Folder } from '../../src/storage/folder.js';

describe('Folder', () => {
  it('does not reject when a file can neither be set aside nor removed: nobody waits for it', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'llm-otel-folder-'));
    const folder = new Folder('Example', parent, 'kind');
    writeFileSync(join(parent, 'set-aside'), '');
    const path = join(parent, 'a directory');
    mkdirSync(path);
    await folder.setAside(path);
    rmSync(parent, { recursive: true });
  });
});
