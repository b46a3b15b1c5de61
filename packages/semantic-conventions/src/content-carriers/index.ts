import { anthropicSdk } from './anthropic-sdk.js';
import type { ContentCarrier } from './content-carrier.js';
import { datadog } from './datadog.js';
import { langfuse } from './langfuse.js';
import { logfire } from './logfire.js';
import { openlit } from './openlit.js';
import { sentry } from './sentry.js';
import { traceloop } from './traceloop.js';
import { vercelAi } from './vercel-ai.js';

export type { ContentCarrier } from './content-carrier.js';

/** What redaction removes beyond the content of the dialects. An emitter that becomes a dialect moves there. */
export const contentCarriers: readonly ContentCarrier[] = [
  anthropicSdk,
  traceloop,
  vercelAi,
  langfuse,
  openlit,
  sentry,
  logfire,
  datadog,
];
