import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
// Imported by package name: only compiled code can be forked.
import { forkFakeProvider, forkOtlpReceiver } from '@llm-otel/testing';
import { expect } from 'chai';
import { post, requestBody } from './otlp-receiver/post.js';

describe('forkOtlpReceiver', () => {
  it('receives, answers and waits in another process', async () => {
    const receiver = await forkOtlpReceiver();
    expect(receiver.pid).not.to.equal(process.pid);
    await receiver.answer({ status: 503 }, { rejectedSpans: 1 });
    const waiting = receiver.waitForSpans(3);
    const statuses = [];
    for (const spanCount of [1, 2, 2])
      statuses.push((await post(receiver.url, requestBody(spanCount))).status);
    await waiting;
    expect(statuses).to.deep.equal([503, 200, 200]);
    expect(await receiver.spanCount()).to.equal(3);
    expect((await receiver.spans()).map(({ name }) => name)).to.deep.equal(['span 1', 'span 0', 'span 1']);
    expect((await receiver.spans())[0]?.startTimeUnixNano).to.equal(0n);
    expect(new Set(await receiver.spanIds()).size).to.equal(3);
    expect((await receiver.bodies())[0]).to.be.instanceOf(Buffer);
    expect((await receiver.requests()).map(({ spanCount }) => spanCount)).to.deep.equal([1, 2, 2]);
    await receiver.answerAlways({ status: 429 });
    await receiver.clear();
    expect((await post(receiver.url, requestBody(1))).status).to.equal(429);
    const vain = await receiver.waitForSpans(1, 10).catch((error: Error) => error.message);
    expect(vain).to.equal('1 spans expected within 10 ms, received 0.');
    await receiver.close();
  });

  it('is gone when closed, and comes back on the port it had', async () => {
    const first = await forkOtlpReceiver({ keep: 'ids' });
    await first.close();
    await first.close();
    const down = await post(first.url, requestBody(1)).catch((error: Error) => error.cause);
    expect(down).to.include({ code: 'ECONNREFUSED' });
    expect(await first.spanCount().catch((error: Error) => error.message)).to.match(/cannot be reached/);
    const second = await forkOtlpReceiver({ port: Number(new URL(first.url).port) });
    expect((await post(first.url, requestBody(1))).status).to.equal(200);
    const taken = await forkOtlpReceiver({ port: Number(new URL(first.url).port) }).catch(
      (e: Error) => e.message,
    );
    expect(taken).to.include('EADDRINUSE');
    await second.close();
  });

  it('rejects pending calls when its process ends', async () => {
    const receiver = await forkOtlpReceiver();
    const waiting = receiver.waitForSpans(1).catch((error: Error) => error.message);
    await receiver.close();
    expect(await waiting).to.equal('The forked process has ended (SIGKILL).');
  });
});

describe('forkFakeProvider', () => {
  it('replies in another process', async () => {
    const provider = await forkFakeProvider();
    await provider.replyAlways({ text: 'always' });
    await provider.enqueue({ text: 'first' });
    const call = async () => {
      const body = '{"model":"m"}';
      const response = await fetch(`${provider.openAiBaseUrl}/chat/completions`, { method: 'POST', body });
      return JSON.stringify(await response.json()).match(/"content":"(\w+)"/)?.[1];
    };
    expect([await call(), await call()]).to.deep.equal(['first', 'always']);
    expect(await provider.requestCount()).to.equal(2);
    expect((await provider.requests())[0]?.path).to.equal('/v1/chat/completions');
    expect(provider.anthropicBaseUrl).to.equal(provider.url);
    await provider.close();
  });
});

describe('a forked server', () => {
  const program = `require('@llm-otel/testing').forkOtlpReceiver().then(({ url }) => console.log(url));`;
  const run = (code: string) => spawn(process.execPath, ['-e', code], { cwd: __dirname });

  it('does not keep its parent alive, and ends with it', async () => {
    const parent = run(program);
    const [url] = await once(parent.stdout, 'data');
    const [code] = await once(parent, 'exit');
    expect(code).to.equal(0);
    expect(await isDown(String(url))).to.equal(true);
  });

  it('ends with a parent that is killed', async () => {
    const parent = run(`${program} setInterval(() => undefined, 1e6)`);
    const [url] = await once(parent.stdout, 'data');
    expect((await post(String(url), requestBody(1))).status).to.equal(200);
    parent.kill('SIGKILL');
    expect(await isDown(String(url))).to.equal(true);
  });
});

/** Whether nothing listens there, at the latest after two seconds. */
async function isDown(url: string): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    const isUp = await post(url, requestBody(1)).then(
      () => true,
      () => false,
    );
    if (!isUp) return true;
    await sleep(10);
  }
  return false;
}
