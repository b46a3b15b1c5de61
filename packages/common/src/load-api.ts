type Api = typeof import('@opentelemetry/api');

let loaded: Api | undefined;

/**
 * The OpenTelemetry API, loaded when it is first needed: with its 60 modules it would be half of what importing
 * one of our packages takes. Where an SDK is in use, it is loaded already.
 */
export function loadApi(): Api {
  loaded ??= require('@opentelemetry/api') as Api;
  return loaded;
}
