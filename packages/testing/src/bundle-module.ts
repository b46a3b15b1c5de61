import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

/** A module that was bundled alone. */
export interface BundledModule {
  /** A CommonJS file. */
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Bundles an internal module of a package, to be measured as it runs in the package's bundle: when it is loaded from source,
 * a loop takes several times as long wherever it uses what another file exports.
 *
 * @param source - path of a TypeScript file
 */
export async function bundleModule(source: string): Promise<BundledModule> {
  const dir = await mkdtemp(join(tmpdir(), 'llm-otel-bundled-'));
  const bundle = await rolldown({
    input: source,
    platform: 'node',
    resolve: { extensionAlias: { '.js': ['.ts'] } },
  });
  await bundle.write({ dir, format: 'cjs', entryFileNames: '[name].cjs' });
  await bundle.close();
  return {
    file: join(dir, basename(source).replace(/\.ts$/, '.cjs')),
    remove: () => rm(dir, { recursive: true }),
  };
}
