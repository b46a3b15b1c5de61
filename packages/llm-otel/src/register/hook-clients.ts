import { register as registerLoader } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Reporter } from '@llm-otel/common';
import { instrumentAnthropic, instrumentOpenAI } from '@llm-otel/tracing/instrument';
import { Hook as ImportHook } from 'import-in-the-middle';
import { Hook as RequireHook } from 'require-in-the-middle';
import type { Settings } from './settings.js';

/** The packages whose clients are traced, and how. */
const instrumentations = { openai: instrumentOpenAI, '@anthropic-ai/sdk': instrumentAnthropic };
const packages = Object.keys(instrumentations) as (keyof typeof instrumentations)[];

/** Sees to it that the application gets the clients' packages traced, by `import` as by `require`. */
export function hookClients(settings: Settings, reporter: Reporter): void {
  const { conventions, captureContent } = settings;
  const instrument = <T>(moduleExports: T, name: string): T => {
    const known = packages.find((each) => each === name);
    if (known === undefined) return moduleExports;
    try {
      return instrumentations[known](moduleExports, { conventions, captureContent });
    } catch (error) {
      reporter.errorOnce(`${name} could not be instrumented`, error);
      return moduleExports;
    }
  };

  new RequireHook(packages, instrument);
  try {
    registerImportHook();
    new ImportHook(packages, (namespace, name) => {
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
      hooks.register({ include: packages });
      return;
    }
  }
  registerLoader('import-in-the-middle/hook.mjs', pathToFileURL(__filename), { data: { include: packages } });
}
