import { register as registerLoader } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Reporter } from '@llm-otel/common';
import { instrumentAnthropic, instrumentOpenAI } from '@llm-otel/tracing/instrument';
import { Hook as ImportHook } from 'import-in-the-middle';
import { Hook as RequireHook } from 'require-in-the-middle';
import type { Settings } from './settings.js';

type Vendor = 'openai' | 'anthropic';

/** The modules that export clients, and their vendors. */
const clients = new Map([
  ...modulesOf('openai', ['client', 'azure', 'bedrock'], 'openai'),
  ...modulesOf('@anthropic-ai/sdk', ['client'], 'anthropic'),
  ...modulesOf('@anthropic-ai/bedrock-sdk', ['client', 'mantle-client'], 'anthropic'),
  ...modulesOf('@anthropic-ai/aws-sdk', ['client'], 'anthropic'),
  ...modulesOf('@anthropic-ai/foundry-sdk', ['client'], 'anthropic'),
  ...modulesOf('@anthropic-ai/vertex-sdk', ['client'], 'anthropic'),
]);
const modules = [...clients.keys()];

/** The names by which a package and its submodules can be imported. */
function modulesOf(name: string, submodules: readonly string[], vendor: Vendor) {
  const paths = ['index', ...submodules].flatMap((path) => [path, `${path}.js`, `${path}.mjs`]);
  return [name, ...paths.map((path) => `${name}/${path}`)].map((each) => [each, vendor] as const);
}

/** Hooks the clients' modules, so that the application gets traced clients by `import` and by `require`. */
export function hookClients(settings: Settings, reporter: Reporter): void {
  const { conventions, captureContent, includeUsage } = settings;
  // One object per vendor, so that a class is the same one in all modules that export it.
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
      reporter.errorOnce(
        `the module ${name} could not be instrumented, and its clients are not traced`,
        error,
      );
      return moduleExports;
    }
  };

  new RequireHook(modules, instrument);
  try {
    registerImportHook();
    new ImportHook(modules, (namespace, name) => {
      const traced = instrument(namespace, name);
      // A namespace can't be replaced as a whole: what changes is assigned.
      for (const key of Object.keys(namespace))
        if (traced[key] !== namespace[key]) namespace[key] = traced[key];
    });
  } catch (error) {
    reporter.errorOnce(
      'the hook for imported modules failed: clients that are loaded by import are not traced',
      error,
    );
  }
}

/** In the application's own thread if Node supports that well, otherwise in the loader's thread, which Node deprecates. */
function registerImportHook(): void {
  if (process.features.require_module) {
    const hooks = require('import-in-the-middle/register-hooks.mjs');
    if (hooks.supportsSyncHooks()) {
      hooks.register({ include: modules });
      return;
    }
  }
  registerLoader('import-in-the-middle/hook.mjs', pathToFileURL(__filename), { data: { include: modules } });
}
