import {
  type ForkedFakeProvider,
  type ForkedOtlpReceiver,
  forkFakeProvider,
  forkOtlpReceiver,
  type ReceivedSpan,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { type AppOptions, type AppRun, runApp } from './run-app.js';

/** What `calls.*` is told, and must not get out unless it is asked for. */
const ANSWER = 'CANARY-RESPONSE.';
/** Of `gpt-4o` that is 0.00725 USD, of `claude-opus-4-1` 0.04875 USD. */
const USAGE = { input: 1500, output: 350 };

/** The calls of `calls.*`. */
export const everyCall = ['chat gpt-4o', 'chat gpt-4o', 'chat claude-opus-4-1', 'chat fails'];

/** A provider and a receiver in processes of their own, which the applications of a suite find in their environment. */
export class Services {
  declare fake: ForkedFakeProvider;
  declare receiver: ForkedOtlpReceiver;

  static async start(): Promise<Services> {
    const services = new Services();
    await services.#start();
    return services;
  }

  /** For all tests of the suite in which it is called, each of which finds the receiver empty. */
  static ofSuite(): Services {
    const services = new Services();
    before(() => services.#start());
    after(() => services.close());
    beforeEach(() => services.receiver.clear());
    return services;
  }

  async #start(): Promise<void> {
    [this.fake, this.receiver] = await Promise.all([forkFakeProvider(), forkOtlpReceiver()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.fake.close(), this.receiver.close()]);
  }

  run(app: string, options: AppOptions = {}): Promise<AppRun> {
    const environment = {
      FAKE_OPENAI: this.fake.openAiBaseUrl,
      FAKE_ANTHROPIC: this.fake.anthropicBaseUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: new URL(this.receiver.url).origin,
      ...options.environment,
    };
    return runApp(app, { ...options, environment });
  }

  /** Runs `calls.mjs` or `calls.cjs`, which must get from its clients what it would get without us. */
  async runCalls(
    app: string,
    options: AppOptions = {},
  ): Promise<AppRun & { readonly spans: readonly ReceivedSpan[] }> {
    await this.receiver.clear();
    const reply = { text: ANSWER, usage: USAGE };
    await this.fake.enqueue(reply, reply, reply, { error: { status: 400 } });
    const result = await this.run(app, options);
    expect(result.code, result.stderr).to.equal(0);
    expect(JSON.parse(result.stdout)).to.deep.equal({
      answer: ANSWER,
      streamed: ANSWER,
      message: ANSWER,
      failure: 'BadRequestError',
      sameClass: true,
    });
    return { ...result, spans: await this.receiver.spans() };
  }
}

/** Whether content is among the attributes of the spans. */
export function leaks(spans: readonly ReceivedSpan[]): boolean {
  return JSON.stringify(spans, (_, value) => (typeof value === 'bigint' ? 0 : value)).includes('CANARY');
}
