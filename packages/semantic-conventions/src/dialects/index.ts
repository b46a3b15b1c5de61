import type { Dialect } from '../dialect.js';
import { aiSdk, aiSdk6, aiSdk7, workflowAi } from './ai-sdk.js';
import { anthropicSdk } from './anthropic-sdk.js';
import { awsDistro } from './aws-distro.js';
import { axiom } from './axiom.js';
import { datadog } from './datadog.js';
import { flue } from './flue.js';
import { geminiCli } from './gemini-cli.js';
import { genAi } from './gen-ai.js';
import { genAiLegacy } from './gen-ai-legacy.js';
import { genkit } from './genkit.js';
import { googleAdk } from './google-adk.js';
import { judgeval } from './judgeval.js';
import { langfuse } from './langfuse.js';
import { langSmith } from './langsmith.js';
import { llm } from './llm.js';
import { mlflow } from './mlflow.js';
import { openInference } from './openinference.js';
import {
  openInferenceBedrock,
  openInferenceClaudeAgent,
  openInferenceLangChain,
  openInferenceOpenAiAgents,
  openInferenceWithoutCache,
} from './openinference-variants.js';
import { openlit, openlitLangChain } from './openlit.js';
import { sentryLegacy } from './sentry.js';
import { strands } from './strands.js';
import { tanStack } from './tanstack.js';
import { traceloopAnthropic, withoutCacheCounts } from './traceloop.js';
import { triggerDev } from './trigger-dev.js';
import { voltAgent } from './voltagent.js';

/** All built-in dialects, the most specific first: if a span is in several, the first one with token counts applies. */
export const dialects: readonly Dialect[] = [
  voltAgent,
  llm,
  // Before others that make copies of what it writes.
  aiSdk6,
  aiSdk,
  workflowAi,
  openInferenceLangChain,
  openInferenceBedrock,
  openInferenceClaudeAgent,
  openInferenceOpenAiAgents,
  openInferenceWithoutCache,
  openInference,
  langfuse,
  openlit,
  openlitLangChain,
  traceloopAnthropic,
  withoutCacheCounts,
  awsDistro,
  axiom,
  flue,
  geminiCli,
  genkit,
  googleAdk,
  judgeval,
  langSmith,
  mlflow,
  strands,
  tanStack,
  triggerDev,
  aiSdk7,
  datadog,
  anthropicSdk,
  genAi,
  genAiLegacy,
  sentryLegacy,
];
