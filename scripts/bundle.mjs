// Bundles each published package: a file for each entry point, and one for what several of them share; the types are
// tsc's. What is not ours is loaded when it is first needed. Node takes some 0.3 ms for each file that it loads, which
// was most of what importing a package took: see docs/decisions/0014-bundles.md.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformAsync } from '@babel/core';
import commonJs from '@babel/plugin-transform-modules-commonjs';
import { rolldown } from 'rolldown';
import { publishedPackages } from './published-packages.mjs';

const ours = publishedPackages.map(({ manifest }) => manifest.name);

/** The entry points of a package, as paths below its `src` or `dist`, without an extension. */
function entriesOf({ exports, bin = {} }) {
  const files = [...Object.values(exports).map((target) => target.default), ...Object.values(bin)];
  return files.flatMap((file) => file?.match(/^\.\/dist\/(.*)\.js$/)?.[1] ?? []);
}

/** The package that passes on what the others export, and of which most applications use a part. */
const UMBRELLA = 'llm-otel';

/** An ECMAScript module in CommonJS. A package of ours that another works with is loaded with it: both are needed. */
async function toCommonJs({ code, map, isEntry, exports }, packageName) {
  const isUmbrella = packageName === UMBRELLA;
  const isOurs = (source) => ours.some((name) => source.startsWith(name));
  const isLazy = (source) => !source.startsWith('.') && (isUmbrella || !isOurs(source));
  const result = await transformAsync(code, {
    plugins: [[commonJs.default, { lazy: isLazy }]],
    inputSourceMap: map ? JSON.parse(map.toString()) : undefined,
    sourceMaps: true,
    compact: false,
    // Comments are in the types and in the sources; Node would read through them at each import.
    comments: false,
    configFile: false,
    babelrc: false,
  });
  return {
    code: isUmbrella && isEntry ? withNames(result.code, exports) : result.code,
    map: JSON.stringify(result.map),
  };
}

/**
 * Tells those that read a CommonJS module for its names, as Node does for `import`, the ones that are passed on from what
 * is loaded later: Node and Deno take a name whose getter calls something for none, unless it is defined by a function
 * that they do not know, and they look for the statement that is never run, which is how esbuild tells them, too.
 */
function withNames(code, names) {
  if (names.length === 0) return code;
  const unread = code.replaceAll(
    /^Object\.defineProperty\(exports, (?!"__esModule")/gm,
    'defineExport(exports, ',
  );
  const hint = `0 && (module.exports = { ${names.join(', ')} });`;
  return `${unread.replace('"use strict";', '"use strict";\nconst defineExport = Object.defineProperty;')}\n${hint}`;
}

for (const { folder, manifest } of publishedPackages) {
  const root = join('packages', folder);
  const dist = join(root, 'dist');
  // What an earlier build left would hide that something is missing.
  for (const file of readdirSync(dist, { recursive: true }))
    if (/\.js(\.map)?$/.test(file)) rmSync(join(dist, file));

  const bundle = await rolldown({
    input: Object.fromEntries(entriesOf(manifest).map((entry) => [entry, join(root, 'src', `${entry}.ts`)])),
    platform: 'node',
    // Of OpenTelemetry's conventions a few constants are used, which then need not be looked for among thousands.
    external: (id) => !/^[./]/.test(id) && id !== '@opentelemetry/semantic-conventions',
    resolve: { extensionAlias: { '.js': ['.ts'] } },
    treeshake: { moduleSideEffects: false },
    tsconfig: join(root, 'tsconfig.json'),
    // Without any export, an entry point is taken for CommonJS.
    plugins: [{ name: 'modules', transform: (code) => ({ code: `${code}\nexport {};`, map: null }) }],
  });
  const { output } = await bundle.generate({
    dir: dist,
    format: 'esm',
    polyfillRequire: false,
    sourcemap: 'hidden',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
  });
  await bundle.close();
  for (const chunk of output.filter(({ type }) => type === 'chunk')) {
    const { code, map } = await toCommonJs(chunk, manifest.name);
    const file = join(dist, chunk.fileName);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${code}\n//# sourceMappingURL=${chunk.fileName.split('/').at(-1)}.map\n`);
    writeFileSync(`${file}.map`, map);
  }
}
