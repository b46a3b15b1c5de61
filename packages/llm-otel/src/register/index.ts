/**
 * `node --import llm-otel/register app.js`: the whole pipeline, set up from the environment before the application
 * is loaded, with the `openai` and `@anthropic-ai/sdk` packages traced. Nothing here stops the application.
 */
import { createRequire } from 'node:module';
import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { register } from './register.js';

if (require.cache === undefined) {
  // A loader gave Node the source of this file, as Yarn's Plug'n'Play does. The `require` that comes with that has no
  // cache, without which the hooks would throw into the application, and can't load theirs. Node's own can.
  createRequire(__filename)(__filename);
} else {
  try {
    register(process.env);
  } catch (error) {
    // `diag` may have nobody who listens yet, and an application without telemetry has to be told why.
    diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    diag.error('llm-otel/register: nothing is traced:', error instanceof Error ? error.message : error);
  }
}
