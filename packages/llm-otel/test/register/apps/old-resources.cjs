// Preloaded: as if `@opentelemetry/resources` were that of SDK 1.30, and nested below the SDK there were a newer one.
const { createRequire, Module } = require('node:module');

const ofTesting = createRequire(require.resolve('@llm-otel/testing'));
const old = createRequire(ofTesting.resolve('sdk-trace-1')).resolve('@opentelemetry/resources');

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const isOurs = request === '@opentelemetry/resources' && /llm-otel.dist.register/.test(parent?.filename);
  return isOurs ? old : resolve(request, parent, ...rest);
};
