import { register as registerLoader } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Reporter } from '@llm-otel/common';
import { instrumentAnthropic, instrumentOpenAI } from '@llm-otel/tracing/instrument';
import { Hook as ImportHook } from 'import-in-the-middle';
import { Hook as RequireHook } from 'require-in-the-middle';
import type { Settings } from './settings.js';

/** The modules that give an application clients, and how those are traced. */
const instrumentations = new Map([
  ...modulesOf('openai', ['client', 'azure', 'bedrock'], instrumentOpenAI),
  ...modulesOf('@anthropic-ai/sdk', ['client'], instrumentAnthropic),
  ...modulesOf('@anthropic-ai/bedrock-sdk', ['client', 'mantle-client'], instrumentAnthropic),
  ...modulesOf('@anthropic-ai/aws-sdk', ['client'], instrumentAnthropic),
  ...modulesOf('@anthropic-ai/foundry-sdk', ['client'], instrumentAnthropic),
  ...modulesOf('@anthropic-ai/vertex-sdk', ['client'], instrumentAnthropic),
]);
const modules = [...instrumentations.keys()];

/** The names by which a package and its submodules can be imported. */
function modulesOf<Instrument>(name: string, submodules: readonly string[], instrument: Instrument) {
  const paths = ['index', ...submodules].flatMap((path) => [path, `${path}.js`, `${path}.mjs`]);
  return [name, ...paths.map((path) => `${name}/${path}`)].map((each) => [each, instrument] as const);
}

/** Sees to it that the application gets the clients' modules traced, by `import` as by `require`. */
export function hookClients({ conventions, captureContent }: Settings, reporter: Reporter): void {
  // One object, so that a class is one in all modules that export it.
  const options = { conventions, captureContent };
  const instrument = <T>(moduleExports: T, name: string): T => {
    try {
      return instrumentations.get(name)?.(moduleExports, options) ?? moduleExports;
    } catch (error) {
      reporter.errorOnce(`${name} could not be instrumented`, error);
      return moduleExports;
    }
  };

  new RequireHook(modules, instrument);
  try {
    registerImportHook();
    new ImportHook(modules, (namespace, name) => {
      const traced = instrument(namespace, name);
      // A namespace can't be exchanged as a whole; what changes is assigned.
      for (const key of Object.keys(namespace))
        if (traced[key] !== namespace[key]) namespace[key] = traced[key];
    });
  } catch (error) {
    reporter.errorOnce('modules that are imported can not be traced', error);
  }
}

/** In the application's own thread where Node can do that well, or else, as it deprecates, in one of the loader's. */
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
