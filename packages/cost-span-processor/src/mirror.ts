import type { PriceQuote } from '@llm-otel/pricing';
import type { Attributes } from '@opentelemetry/api';
import { roundUsd } from './round-usd.js';

/** A cost that is written under other names. */
export interface MirroredCost {
  readonly costUsd: number;
  readonly source: 'provider' | 'local';
  /** `undefined` if the cost was already on the span, where it has no parts. */
  readonly quote: PriceQuote | undefined;
}

const promptUsd = ({ inputUsd, cacheReadUsd, cacheWriteUsd }: PriceQuote) =>
  roundUsd(inputUsd + cacheReadUsd + cacheWriteUsd);

/** Sets of names under which the cost can also be written, for the backends that read them. */
export type MirrorName = 'openinference' | 'gen_ai' | 'openlit' | 'langfuse' | 'logfire';

/** The attributes of each, with the source of the names. */
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
