/** Version of this package, as the instrumentation scope of its spans tells it; a test holds it to package.json. */
export const VERSION = '0.1.0' as const;
