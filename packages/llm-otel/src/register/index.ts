/**
 * `node --import llm-otel/register app.js`: the whole pipeline, set up from the environment before the application
 * is loaded, with the `openai` and `@anthropic-ai/sdk` packages traced. Nothing here stops the application.
 */
import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { register } from './register.js';

try {
  register(process.env);
} catch (error) {
  // `diag` may have nobody who listens yet, and an application without telemetry has to be told why.
  diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  diag.error('llm-otel/register: nothing is traced:', error instanceof Error ? error.message : error);
}
