import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Everything comes as CommonJS, so that there is one copy of each class for an instrumentation to patch.
export const load = createRequire(import.meta.url);

/** A file of a package that its `exports` hide. */
export const loadInside = (name, file) => load(join(packageFolder(name), file));

export const versionOf = (name) => loadInside(name, 'package.json').version;

function packageFolder(name) {
  const entry = load.resolve(name);
  const end = entry.lastIndexOf('node_modules/') + 'node_modules/'.length;
  const inside = entry.slice(end).split('/');
  return join(
    dirname(entry.slice(0, end)),
    'node_modules',
    ...inside.slice(0, inside[0].startsWith('@') ? 2 : 1),
  );
}
