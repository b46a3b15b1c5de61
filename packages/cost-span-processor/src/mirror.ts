import type { PriceQuote } from '@llm-otel/pricing';
import type { Attributes } from '@opentelemetry/api';
import { roundUsd } from './round-usd.js';

/** A price, as it is written under the names of others. */
export interface MirroredCost {
  readonly costUsd: number;
  readonly source: 'provider' | 'local';
  /** Absent where the price came with the span, which tells no parts. */
  readonly quote: PriceQuote | undefined;
}

const promptUsd = ({ inputUsd, cacheReadUsd, cacheWriteUsd }: PriceQuote) =>
  roundUsd(inputUsd + cacheReadUsd + cacheWriteUsd);

/** Names that a cost can be written under, for the backends that read those. */
export type MirrorName = 'openinference' | 'gen_ai' | 'openlit' | 'langfuse' | 'logfire';

/** What is written under each, and where that was read. */
export const mirrors: Readonly<Record<MirrorName, (cost: MirroredCost) => Attributes>> = {
  /** `@arizeai/openinference-semantic-conventions@2.12.0`: Phoenix, Arize. */
  openinference: ({ costUsd, quote }) => ({
    'llm.cost.total': costUsd,
    ...(quote && { 'llm.cost.prompt': promptUsd(quote), 'llm.cost.completion': roundUsd(quote.outputUsd) }),
  }),
  /** semantic-conventions-genai#443, proposed. */
  gen_ai: ({ costUsd, source }) => ({
    'gen_ai.usage.cost.amount': costUsd,
    'gen_ai.usage.cost.currency': 'USD',
    'gen_ai.usage.cost.source': source,
  }),
  /** openlit 1.15.0; Langfuse reads it too (BerriAI/litellm#29741). */
  openlit: ({ costUsd }) => ({ 'gen_ai.usage.cost': costUsd }),
  /** `@langfuse/core@5.11.1`: JSON. */
  langfuse: ({ costUsd, quote }) => ({
    'langfuse.observation.cost_details': JSON.stringify({
      ...(quote && { input: promptUsd(quote), output: roundUsd(quote.outputUsd) }),
      total: costUsd,
    }),
  }),
  /** Logfire reads it (`logfire@0.22.9`). */
  logfire: ({ costUsd }) => ({ 'operation.cost': costUsd }),
};
