import { register } from 'node:module';

// Gives Node the source of each CommonJS module that is imported from a package, as Yarn's Plug'n'Play does of its archives.
const loader = `
import { readFile } from 'node:fs/promises';
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  const isOfPackage = url.includes("/node_modules/") || url.includes("/dist/");
  return loaded.format === 'commonjs' && isOfPackage ? { ...loaded, source: await readFile(new URL(url)) } : loaded;
}`;
// Deprecated since Node 26, and what Yarn uses. A warning here would hide those of what is tested.
process.noDeprecation = true;
register(`data:text/javascript,${encodeURIComponent(loader)}`);
process.noDeprecation = false;
