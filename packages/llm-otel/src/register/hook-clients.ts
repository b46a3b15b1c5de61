import { createRequire, register as registerLoader } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Reporter } from '@llm-otel/common';
import { instrumentAnthropic, instrumentOpenAI } from '@llm-otel/tracing/instrument';
import { Hook as ImportHook } from 'import-in-the-middle';
import { Hook as RequireHook } from 'require-in-the-middle';
import type { Settings } from './settings.js';

type Vendor = 'openai' | 'anthropic';

/** The packages that give an application clients, whose those are, and the submodules that have them, too. */
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
// Turbopack imports a package by a name of its own, such as `openai-f0ed28f090f94724`: its file is known all the same.
const mainFiles = new RegExp(`/node_modules/(${packages.map(([name]) => name).join('|')})/index\\.m?js$`);
const loaderOptions = { include: [...modules, mainFiles] };

/** The names by which a package and its submodules can be imported. */
function namesOf(name: string, submodules: readonly string[]): string[] {
  const paths = ['index', ...submodules].flatMap((path) => [path, `${path}.js`, `${path}.mjs`]);
  return [name, ...paths.map((path) => `${name}/${path}`)];
}

/** Sees to it that the application gets the clients' modules traced, by `import` as by `require`. */
export function hookClients(settings: Settings, reporter: Reporter): void {
  const { conventions, captureContent, includeUsage } = settings;
  // One object each, so that a class is one in all modules that export it.
  const forAnthropic = { conventions, captureContent };
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
      reporter.errorOnce(`${name} could not be instrumented`, error);
      return moduleExports;
    }
  };

  tellOfLoaded(reporter);
  new RequireHook(modules, instrument);
  try {
    registerImportHook();
    // With `internals` files have their names, too.
    new ImportHook(modules, { internals: true }, (namespace, name) => {
      const traced = instrument(namespace, name);
      // A namespace can't be exchanged as a whole; what changes is assigned.
      for (const key of Object.keys(namespace))
        if (traced[key] !== namespace[key]) namespace[key] = traced[key];
    });
  } catch (error) {
    reporter.errorOnce(
      'there are no hooks for modules that are imported: trace their clients with wrapOpenAI() and wrapAnthropic()',
      error,
    );
  }
}

/** Nothing traces the clients of a module that the application has got already. */
function tellOfLoaded(reporter: Reporter): void {
  for (const file of Object.keys(require.cache)) {
    const [, name] = mainFiles.exec(file.replaceAll('\\', '/')) ?? [];
    if (name !== undefined)
      reporter.warnOnce(
        `${name} was loaded before llm-otel/register, and what has it already is not traced: ` +
          'node --import llm-otel/register comes before it',
      );
  }
}

/** In the application's own thread where Node can do that well, or else, as it deprecates, in one of the loader's. */
function registerImportHook(): void {
  // Bundlers don't follow it: inside a CommonJS bundle these modules would be a syntax error.
  const load = createRequire(__filename);
  // Asked alone: where the answer is no, Node can't `require` the other one from Yarn's archives.
  const canRun =
    process.features.require_module &&
    load('import-in-the-middle/supports-sync-hooks.mjs').supportsSyncHooks();
  if (canRun) {
    load('import-in-the-middle/register-hooks.mjs').register(loaderOptions);
    return;
  }
  // With a query it is ours alone: an SDK may have registered the same, whose modules our options must not restrict.
  const loader = pathToFileURL(load.resolve('import-in-the-middle/hook.mjs'));
  registerLoader(`${loader}?llm-otel`, { data: loaderOptions });
}
