import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';
import { genAiLegacy } from './gen-ai-legacy.js';
import { llm } from './llm.js';
import { openInference } from './openinference.js';

/** Every dialect that is understood, the most specific first: where a span speaks several, the first with token counts wins. */
export const dialects: readonly Dialect[] = [llm, openInference, genAi, genAiLegacy];
