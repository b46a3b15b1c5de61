import { expect } from 'chai';
import { type LlmCall, readLlmCall } from '../../../packages/semantic-conventions/dist/index.js';
import { readFixtures } from '../fixtures.js';

/** What the spans of each peer tell, where they do, beside model and tokens (FACTS.md). */
const told: Readonly<Record<string, readonly ('tier' | 'streaming' | 'first chunk')[]>> = {
  'ai-sdk-4': ['streaming', 'first chunk'],
  'ai-sdk-5': ['tier', 'streaming', 'first chunk'],
  'ai-sdk-6': ['tier', 'streaming', 'first chunk'],
  'ai-sdk-7': ['streaming', 'first chunk'],
  'ai-sdk-7-all': ['tier', 'streaming', 'first chunk'],
  'ai-sdk-7-legacy': ['tier', 'streaming', 'first chunk'],
  'anthropic-native': ['tier', 'streaming', 'first chunk'],
  langfuse: ['streaming', 'first chunk'],
  'langfuse-ai-sdk': ['streaming', 'first chunk'],
  'langfuse-langchain': ['streaming', 'first chunk'],
  openinference: ['tier', 'streaming'],
  'openinference-anthropic-native': ['tier', 'streaming', 'first chunk'],
  'openinference-langchain': [],
  openlit: ['tier', 'streaming', 'first chunk'],
  'openlit-langchain': ['streaming', 'first chunk'],
  'otel-openai': [],
  sentry: ['streaming'],
  'sentry-langchain': [],
  traceloop: [],
  'traceloop-0.16': [],
  'traceloop-langchain': [],
};

/** Of the recordings: times of day in them are all the same one. */
const startTime = [Date.parse('2026-11-22T12:00:00Z') / 1e3, 0] as const;

describe('readLlmCall on spans of the real packages', () => {
  for (const [peer, expected] of Object.entries(told))
    it(`${peer} records ${expected.join(', ') || 'neither tier nor streaming'}`, () => {
      const calls: { scenario: string; call: LlmCall }[] = [];
      for (const { scenario, spans } of readFixtures(peer))
        for (const { attributes, instrumentationScope } of spans) {
          const call = readLlmCall({ attributes, instrumentationScope, startTime });
          if (call !== undefined) calls.push({ scenario, call });
        }
      const found = new Set<string>();
      for (const { scenario, call } of calls) {
        if (call.serviceTier !== undefined) found.add('tier');
        if (call.timeToFirstChunkMillis !== undefined) found.add('first chunk');
        if (call.streaming === undefined) continue;
        found.add('streaming');
        expect(call.streaming, scenario).to.equal(/streamed|stream-error/.test(scenario));
      }
      expect([...found]).to.have.members([...expected]);
      const tiers = calls.filter(({ scenario }) => scenario.endsWith('-tier'));
      if (expected.includes('tier'))
        expect(tiers.map(({ call }) => call.serviceTier)).to.include.oneOf(['flex', 'priority']);
    });
});
