import { toTokenCount } from '@llm-otel/semantic-conventions';
import type { LlmRequestInfo, LlmResponseInfo, LlmUsageInfo } from '../llm-call-recorder.js';
import { asString } from '../unknown-values.js';
import type { CallTiming } from './call-timing.js';
import { genAiProviderName } from './gen-ai-provider-name.js';
import type { LlmCallIdentity, ServerAddress } from './llm-call-identity.js';

/** The values from which the metrics of one call are recorded. */
export class MeasuredCall {
  readonly operation: string;
  /** The value of `gen_ai.provider.name`. */
  readonly provider: string;
  readonly server: ServerAddress | undefined;
  requestModel: string | undefined;
  responseModel: string | undefined;
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  errorType: string | undefined;
  durationMillis = 0;
  firstChunkMillis: number | undefined;

  constructor(identity: LlmCallIdentity, request: LlmRequestInfo) {
    this.operation = identity.operation;
    this.provider = genAiProviderName(identity);
    this.server = identity.server;
    this.request(request);
  }

  request({ model }: LlmRequestInfo): void {
    this.requestModel = asString(model) ?? this.requestModel;
  }

  response({ model }: LlmResponseInfo): void {
    this.responseModel = asString(model) ?? this.responseModel;
  }

  usage({ inputTokens, outputTokens }: LlmUsageInfo): void {
    this.inputTokens = toTokenCount(inputTokens) ?? this.inputTokens;
    this.outputTokens = toTokenCount(outputTokens) ?? this.outputTokens;
  }

  timing(timing: CallTiming, durationMillis: number): void {
    this.durationMillis = durationMillis;
    if (timing.firstChunkAt !== undefined) this.firstChunkMillis = timing.millisUntil(timing.firstChunkAt);
  }
}
