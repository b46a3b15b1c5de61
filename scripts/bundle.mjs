// Bundles each published package: a file for each entry point, and one for what several of them share. The types are
// tsc's. Third-party modules are loaded on first use. Node takes about 0.3 ms for each file that it loads, which was most
// of the time of importing a package: see docs/decisions/0014-bundles.md.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

/** The package that re-exports the others, of which most applications use a part. */
const UMBRELLA = 'llm-otel';

/**
 * The package with the data of all dialects, more than half of its code. It is in a file of its own, which is loaded on
 * first use, by the constructor of a processor.
 */
const CONVENTIONS = '@llm-otel/semantic-conventions';
const dialectsApart = {
  codeSplitting: {
    groups: [
      { name: 'dialects', test: /[\\/]src[\\/](?:dialects[\\/]|content-carriers[\\/]|complete-dialect\.)/ },
    ],
    includeDependenciesRecursively: false,
  },
};

/** The packages some of whose exports are loaded on first use. */
const lazyExports = [UMBRELLA, CONVENTIONS];

/**
 * Converts an ECMAScript module to CommonJS. A package loads the others of this repository at once, because it needs them;
 * only the umbrella loads them on first use.
 */
async function toCommonJs({ code, map, isEntry, exports }, packageName) {
  const isUmbrella = packageName === UMBRELLA;
  const isOurs = (source) => ours.some((name) => source.startsWith(name));
  const isLazy = (source) =>
    source.startsWith('.') ? source.endsWith('/dialects.js') : isUmbrella || !isOurs(source);
  const result = await transformAsync(code, {
    plugins: [[commonJs.default, { lazy: isLazy }]],
    // A file that only re-exports has no map.
    inputSourceMap: map ? JSON.parse(map.toString()) : undefined,
    sourceMaps: map !== null,
    compact: false,
    // Comments are in the types and sources; here, Node would read them at each import.
    comments: false,
    configFile: false,
    babelrc: false,
  });
  return {
    code: isEntry && lazyExports.includes(packageName) ? withNames(result.code, exports) : result.code,
    map: result.map && JSON.stringify(result.map),
  };
}

/**
 * Lists the exported names for those who analyse a CommonJS module to find them, as Node does for `import`. Node and Deno
 * ignore a name whose getter calls a function, as for modules that are loaded on first use, unless an unknown function
 * defines it. They also read the list from a statement that is never executed, which is esbuild's way, too.
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

/** Removes the JavaScript of an earlier build, and the types of sources that no longer exist, which `tsc -b` leaves. */
function removeOldFiles(root) {
  const dist = join(root, 'dist');
  for (const file of readdirSync(dist, { recursive: true })) {
    const [, source] = /^(.*)\.d\.ts(?:\.map)?$/.exec(file) ?? [];
    const isOld =
      source === undefined ? /\.js(?:\.map)?$/.test(file) : !existsSync(join(root, 'src', `${source}.ts`));
    if (isOld) rmSync(join(dist, file));
  }
}

for (const { folder, manifest } of publishedPackages) {
  const root = join('packages', folder);
  const dist = join(root, 'dist');
  removeOldFiles(root);

  const bundle = await rolldown({
    input: Object.fromEntries(entriesOf(manifest).map((entry) => [entry, join(root, 'src', `${entry}.ts`)])),
    platform: 'node',
    // Of OpenTelemetry's conventions, only a few constants are used: they are bundled instead of loading thousands.
    external: (id) => !/^[./]/.test(id) && id !== '@opentelemetry/semantic-conventions',
    resolve: { extensionAlias: { '.js': ['.ts'] } },
    treeshake: { moduleSideEffects: false },
    tsconfig: join(root, 'tsconfig.json'),
    // An entry point without exports would be taken for CommonJS.
    plugins: [{ name: 'modules', transform: (code) => ({ code: `${code}\nexport {};`, map: null }) }],
    ...(manifest.name === CONVENTIONS && { preserveEntrySignatures: 'allow-extension' }),
  });
  const { output } = await bundle.generate({
    dir: dist,
    format: 'esm',
    polyfillRequire: false,
    sourcemap: 'hidden',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    ...(manifest.name === CONVENTIONS && dialectsApart),
  });
  await bundle.close();
  for (const chunk of output.filter(({ type }) => type === 'chunk')) {
    const { code, map } = await toCommonJs(chunk, manifest.name);
    const file = join(dist, chunk.fileName);
    mkdirSync(dirname(file), { recursive: true });
    const link = map ? `//# sourceMappingURL=${basename(file)}.map\n` : '';
    writeFileSync(file, `${code}\n${link}`);
    if (map) writeFileSync(`${file}.map`, map);
  }
}
