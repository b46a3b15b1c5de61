import { type OtlpReceiverOptions, startOtlpReceiver } from '../otlp-receiver/otlp-receiver.js';
import type { OtlpReceiverService } from './fork-otlp-receiver.js';
import { serve } from './serve.js';

serve(async (options: OtlpReceiverOptions): Promise<OtlpReceiverService> => {
  const receiver = await startOtlpReceiver(options);
  return {
    url: () => receiver.url,
    spans: () => receiver.spans,
    spanIds: () => receiver.spanIds,
    spanCount: () => receiver.spanIds.length,
    requests: () => receiver.requests,
    answer: receiver.answer,
    answerAlways: receiver.answerAlways,
    answerSometimes: receiver.answerSometimes,
    waitForSpans: receiver.waitForSpans,
    clear: receiver.clear,
  };
});
