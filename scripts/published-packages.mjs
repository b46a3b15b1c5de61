import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages that are published: the folder below `packages`, and the manifest. */
export const publishedPackages = readdirSync('packages')
  .map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join('packages', folder, 'package.json'), 'utf8')),
  }))
  .filter(({ manifest }) => !manifest.private);
