export { type BundledModule, bundleModule } from './bundle-module.js';
export { collectGarbage, collectGarbageUntil } from './collect-garbage.js';
export { installContextManager } from './context-manager.js';
export { type DiagMessage, type DiagRecorder, recordDiag } from './diag-recorder.js';
export type { RecordedRequest } from './fake-provider/exchange.js';
export {
  type FakeProvider,
  type FakeProviderOptions,
  startFakeProvider,
} from './fake-provider/fake-provider.js';
export type { FakeError, FakeReply, FakeUsage } from './fake-provider/fake-reply.js';
export {
  type ExportBehaviour,
  FakeSpanExporter,
  type FakeSpanExporterOptions,
  type LifecycleBehaviour,
} from './fake-span-exporter.js';
export { type ForkedFakeProvider, forkFakeProvider } from './fork/fork-fake-provider.js';
export { type ForkedOtlpReceiver, forkOtlpReceiver } from './fork/fork-otlp-receiver.js';
export {
  type OtlpLogReceiver,
  type ReceivedLogRecord,
  startOtlpLogReceiver,
} from './otlp-receiver/otlp-log-receiver.js';
export { traceService } from './otlp-receiver/otlp-messages.js';
export {
  type OtlpReceiver,
  type OtlpReceiverOptions,
  type ReceivedRequest,
  startOtlpReceiver,
} from './otlp-receiver/otlp-receiver.js';
export type {
  ReceivedAttributes,
  ReceivedEvent,
  ReceivedLink,
  ReceivedSpan,
} from './otlp-receiver/received-span.js';
export type { ReceiverAnswer } from './otlp-receiver/receiver-answer.js';
export { processorWith } from './processor-with.js';
export {
  type RecordingProvider,
  type RecordingProviderOptions,
  recordingProvider,
} from './recording-provider.js';
export {
  type BatchProcessorOptions,
  defaultSdkLine,
  type SdkLine,
  type SdkProvider,
  type SdkProviderOptions,
  sdkLines,
} from './sdk-lines.js';
