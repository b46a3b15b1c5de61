import type { Dialect } from '../dialect.js';
import { aiSdk, aiSdk6, aiSdk7 } from './ai-sdk.js';
import { anthropicSdk } from './anthropic-sdk.js';
import { axiom } from './axiom.js';
import { datadog } from './datadog.js';
import { genAi } from './gen-ai.js';
import { genAiLegacy } from './gen-ai-legacy.js';
import { genkit } from './genkit.js';
import { googleAdk } from './google-adk.js';
import { judgeval } from './judgeval.js';
import { langfuse } from './langfuse.js';
import { langSmith } from './langsmith.js';
import { llm } from './llm.js';
import { openInference, openInferenceBedrock, openInferenceLangChain } from './openinference.js';
import { openlit, openlitLangChain } from './openlit.js';
import { sentryLegacy } from './sentry.js';
import { strands } from './strands.js';
import { tanStack } from './tanstack.js';
import { traceloopAnthropic, withoutCacheCounts } from './traceloop.js';
import { voltAgent } from './voltagent.js';

/** All built-in dialects, the most specific first: if a span is in several, the first one with token counts applies. */
export const dialects: readonly Dialect[] = [
  voltAgent,
  llm,
  openInferenceLangChain,
  openInferenceBedrock,
  openInference,
  langfuse,
  openlit,
  openlitLangChain,
  traceloopAnthropic,
  withoutCacheCounts,
  axiom,
  genkit,
  googleAdk,
  judgeval,
  langSmith,
  strands,
  tanStack,
  aiSdk6,
  aiSdk,
  aiSdk7,
  datadog,
  anthropicSdk,
  genAi,
  genAiLegacy,
  sentryLegacy,
];
