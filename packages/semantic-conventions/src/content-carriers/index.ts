import { agentOps } from './agentops.js';
import { anthropicSdk } from './anthropic-sdk.js';
import { awsDistro } from './aws-distro.js';
import { axiom } from './axiom.js';
import { braintrust } from './braintrust.js';
import type { ContentCarrier } from './content-carrier.js';
import { datadog } from './datadog.js';
import { eve } from './eve.js';
import { flue } from './flue.js';
import { genkit } from './genkit.js';
import { googleAdk } from './google-adk.js';
import { inkeep } from './inkeep.js';
import { judgeval } from './judgeval.js';
import { laminar } from './laminar.js';
import { langfuse } from './langfuse.js';
import { langSmith } from './langsmith.js';
import { langtrace } from './langtrace.js';
import { langWatch } from './langwatch.js';
import { latitude } from './latitude.js';
import { liveKit } from './livekit.js';
import { logfire } from './logfire.js';
import { mastra } from './mastra.js';
import { microsoft } from './microsoft.js';
import { mlflow } from './mlflow.js';
import { openlit } from './openlit.js';
import { promptfoo } from './promptfoo.js';
import { promptLayer } from './promptlayer.js';
import { sentry } from './sentry.js';
import { strands } from './strands.js';
import { traceAi } from './trace-ai.js';
import { traceloop } from './traceloop.js';
import { triggerDev } from './trigger-dev.js';
import { vercelAi } from './vercel-ai.js';
import { voltAgent } from './voltagent.js';

export type { ContentCarrier } from './content-carrier.js';

/** Where instrumentations put content beyond what `dialects` lists, for redaction. Data that becomes part of a dialect moves there. */
export const contentCarriers: readonly ContentCarrier[] = [
  anthropicSdk,
  traceloop,
  vercelAi,
  langfuse,
  openlit,
  sentry,
  logfire,
  datadog,
  braintrust,
  genkit,
  googleAdk,
  laminar,
  langSmith,
  langWatch,
  mastra,
  strands,
  voltAgent,
  agentOps,
  latitude,
  microsoft,
  promptLayer,
  axiom,
  judgeval,
  langtrace,
  liveKit,
  awsDistro,
  triggerDev,
  mlflow,
  promptfoo,
  inkeep,
  traceAi,
  eve,
  flue,
];
