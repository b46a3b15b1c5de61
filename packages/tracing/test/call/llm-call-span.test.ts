import { setTimeout as sleep } from 'node:timers/promises';
import { recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import { expect } from 'chai';
import { LlmCallSpan } from '../../src/call/llm-call-span.js';
import { telemetryOf } from '../../src/telemetry.js';

for (const sdk of sdkLines)
  describe(`LlmCallSpan on SDK ${sdk.name}`, () => {
    it('ends an abandoned call once, at the time of its last activity', async () => {
      const diag = recordDiag();
      const { tracer, spans } = recordingProvider([], { sdk });
      const call = new LlmCallSpan(
        { telemetry: telemetryOf({ tracer }), provider: 'acme', operation: 'chat' },
        {},
      );
      await sleep(20);
      call.recordActivity();
      await sleep(250);
      call.endAbandoned();
      call.endAbandoned();
      call.end();
      const [span, ...others] = spans;
      expect(others).to.have.length(0);
      const [seconds, nanos] = span?.duration ?? [0, 0];
      expect(seconds * 1e3 + nanos / 1e6).to.be.within(18, 200);
      expect(span?.attributes['llm.latency_ms']).to.be.within(18, 200);
      expect(diag.messages).to.deep.equal([]);
      diag.stop();
    });
  });
