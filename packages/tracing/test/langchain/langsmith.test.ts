import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import sinon from 'sinon';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { onlySpan } from '../support/spans.js';

describe('LlmTracingCallbackHandler beside the tracer of LangSmith', () => {
  let langSmith: Server;
  let requests = 0;
  beforeEach(async () => {
    langSmith = createServer((_, response) => {
      requests++;
      response.setHeader('content-type', 'application/json').end('{}');
    }).listen(0);
    await once(langSmith, 'listening');
  });
  afterEach(async () => {
    sinon.restore();
    await awaitAllCallbacks();
    langSmith.closeAllConnections();
    langSmith.close();
  });

  it('does not take its uploads, which start within a run, for requests of the model', async () => {
    const { port } = langSmith.address() as AddressInfo;
    sinon
      .stub(process, 'env')
      .value({ ...process.env, LANGSMITH_ENDPOINT: `http://127.0.0.1:${port}`, LANGSMITH_API_KEY: 'key' });
    class Waiting extends FakeListChatModel {
      override async _generate(...args: Parameters<FakeListChatModel['_generate']>) {
        while (requests === 0) await sleep(5);
        return super._generate(...args);
      }
    }
    const { tracer, spans } = recordingProvider();
    const callbacks = [new LlmTracingCallbackHandler({ tracer }), new LangChainTracer()];
    await new Waiting({ responses: ['x'] }).invoke('question', { callbacks });
    expect(onlySpan(spans).attributes).not.to.have.property('llm.retry_count');
  });
});
