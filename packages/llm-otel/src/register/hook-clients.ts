import { createRequire, register as registerLoader } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Reporter } from '@llm-otel/common';
import { instrumentAnthropic, instrumentOpenAI } from '@llm-otel/tracing/instrument';
import { Hook as ImportHook } from 'import-in-the-middle';
import { Hook as RequireHook } from 'require-in-the-middle';
import type { Settings } from './settings.js';

type Vendor = 'openai' | 'anthropic';

/** The packages that export clients, their vendors, and their submodules that export clients too. */
const packages = [
  ['openai', 'openai', ['client', 'azure', 'bedrock']],
  ['@anthropic-ai/sdk', 'anthropic', ['client']],
  ['@anthropic-ai/bedrock-sdk', 'anthropic', ['client', 'mantle-client']],
  ['@anthropic-ai/aws-sdk', 'anthropic', ['client']],
  ['@anthropic-ai/foundry-sdk', 'anthropic', ['client']],
  ['@anthropic-ai/vertex-sdk', 'anthropic', ['client']],
] as const;
const clients = new Map<string, Vendor>(
  packages.flatMap(([name, vendor, submodules]) =>
    namesOf(name, submodules).map((each) => [each, vendor] as const),
  ),
);
const modules = [...clients.keys()];
// Turbopack imports a package under its own name, such as `openai-f0ed28f090f94724`, so its file must be recognised.
const mainFiles = new RegExp(`/node_modules/(${packages.map(([name]) => name).join('|')})/index\\.m?js$`);
const loaderOptions = { include: [...modules, mainFiles] };

/** The names by which a package and its submodules can be imported. */
function namesOf(name: string, submodules: readonly string[]): string[] {
  const paths = ['index', ...submodules].flatMap((path) => [path, `${path}.js`, `${path}.mjs`]);
  return [name, ...paths.map((path) => `${name}/${path}`)];
}

/** Hooks the clients' modules, so that the application gets traced clients by `import` and by `require`. */
export function hookClients(settings: Settings, reporter: Reporter): void {
  const { conventions, captureContent, includeUsage, providers } = settings;
  // One object per vendor, so that a class is the same one in all modules that export it.
  const forAnthropic = { conventions, captureContent, providersByHost: providers };
  const forOpenAI = { ...forAnthropic, includeUsage };
  const instrument = <T>(moduleExports: T, name: string): T => {
    try {
      switch (clients.get(name)) {
        case 'openai':
          return instrumentOpenAI(moduleExports, forOpenAI);
        case 'anthropic':
          return instrumentAnthropic(moduleExports, forAnthropic);
        default:
          return moduleExports;
      }
    } catch (error) {
      reporter.errorOnce(
        `the module ${name} could not be instrumented, and its clients are not traced`,
        error,
      );
      return moduleExports;
    }
  };

  warnOfLoaded(reporter);
  new RequireHook(modules, instrument);
  try {
    registerImportHook();
    // `internals` makes the hook report files as well as packages.
    new ImportHook(modules, { internals: true }, (namespace, name) => {
      const traced = instrument(namespace, name);
      // A namespace can't be replaced as a whole: what changes is assigned.
      for (const key of Object.keys(namespace))
        if (traced[key] !== namespace[key]) namespace[key] = traced[key];
    });
  } catch (error) {
    reporter.errorOnce(
      'modules loaded by import can not be hooked: trace their clients with wrapOpenAI() and wrapAnthropic()',
      error,
    );
  }
}

/** Warns about packages that are already loaded: modules that imported them before keep untraced clients. */
function warnOfLoaded(reporter: Reporter): void {
  for (const file of Object.keys(require.cache)) {
    const [, name] = mainFiles.exec(file.replaceAll('\\', '/')) ?? [];
    if (name !== undefined)
      reporter.warnOnce(
        `${name} was loaded before llm-otel/register, so modules that already use it are not traced: ` +
          'load llm-otel/register first, with node --import llm-otel/register',
      );
  }
}

/** In the application's own thread if Node supports that well, otherwise in the loader's thread, which Node deprecates. */
function registerImportHook(): void {
  // A function that bundlers don't follow: inside a CommonJS bundle these modules would be a syntax error.
  const load = createRequire(__filename);
  // Loaded first and alone: if the answer is no, Node can't `require` the other module from Yarn's archives.
  const canRun =
    process.features.require_module &&
    load('import-in-the-middle/supports-sync-hooks.mjs').supportsSyncHooks();
  if (canRun) {
    load('import-in-the-middle/register-hooks.mjs').register(loaderOptions);
    return;
  }
  // The query makes the loader our own: another SDK may register the same file, for modules that our options exclude.
  const loader = pathToFileURL(load.resolve('import-in-the-middle/hook.mjs'));
  registerLoader(`${loader}?llm-otel`, { data: loaderOptions });
}
