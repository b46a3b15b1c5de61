/**
 * `node --import llm-otel/register app.js`: the whole pipeline, set up from the environment before the application
 * is loaded, with the `openai` and `@anthropic-ai/sdk` packages traced. Nothing here stops the application.
 */
import { createRequire } from 'node:module';
import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { register } from './register.js';

if (require.cache === undefined) {
  // A loader gave Node the source of this file, as Yarn's Plug'n'Play does. The `require` of such a module has no cache:
  // without it, the hooks can't load their own modules and would throw into the application. Node's own `require` works.
  createRequire(__filename)(__filename);
} else {
  try {
    register(process.env);
  } catch (error) {
    // `diag` may not have a logger yet, and an application without telemetry must be told why.
    diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    diag.error('llm-otel/register: nothing is traced:', error instanceof Error ? error.message : error);
  }
}
