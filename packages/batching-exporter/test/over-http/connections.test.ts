import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AgentOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OtlpReceiver, startOtlpReceiver } from '@llm-otel/testing';
import { expect } from 'chai';
import { handOver, makeSpans, rejection, summary } from '../support.js';
import { exporterTo, names, setups } from './setups.js';

describe('connections', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  for (const name of names) {
    const { create } = setups[name];

    for (const [what, answer] of [
      ['never answers', { hang: true }],
      ['answers too late', { delayMillis: 2_000 }],
      // The stock exporter hangs on it: see faults.test.ts.
      ...(create === exporterTo ? [['drips its answer', { dripMillis: 50, dripBytes: 1_000 }] as const] : []),
    ] as const)
      it(`a request is given up in time when the backend ${what}, and repeated (${name})`, async () => {
        const exporter = create(receiver.url);
        receiver.answer(answer);
        handOver(exporter, makeSpans(10));
        const start = performance.now();
        await exporter.forceFlush();
        expect(performance.now() - start).to.be.within(480, 1_900);
        expect(receiver.requests).to.have.length(2);
        expect(summary(exporter)).to.deep.include({ exported: 10, dropped: {} });
        await exporter.shutdown();
      });

    for (const close of [true, 'mid-body'] as const)
      it(`a request is repeated when the backend closes (${close}, ${name})`, async () => {
        const exporter = create(receiver.url);
        receiver.answer({ close });
        handOver(exporter, makeSpans(100, 'x'.repeat(10_000)));
        await exporter.forceFlush();
        expect(receiver.spans).to.have.length(100);
        await exporter.shutdown();
      });

    it(`what is refused is repeated, and delivered when the backend comes up (${name})`, async () => {
      const { url } = receiver;
      await receiver.close();
      const exporter = create(url);
      handOver(exporter, makeSpans(10));
      const flush = exporter.forceFlush();
      await sleep(300);
      expect(summary(exporter)).to.deep.include({ exported: 0, inFlight: 10, dropped: {} });
      receiver = await startOtlpReceiver({ port: Number(new URL(url).port) });
      await flush;
      expect(receiver.spans).to.have.length(10);
      await exporter.shutdown();
    });
  }

  it('nothing is lost while a name can not be resolved', async () => {
    const exporter = exporterTo('http://does-not-exist.invalid:4318/v1/traces', { timeoutMillis: 400 });
    handOver(exporter, makeSpans(10));
    const error = await rejection(exporter.forceFlush());
    expect(error.message).to.contain('10 still waiting after 400 ms');
    expect(summary(exporter)).to.deep.include({ inFlight: 10, dropped: {} });
    await exporter.shutdown();
  }).timeout(20_000);

  for (const kind of ['TCP', 'Unix'] as const)
    it(`are kept open from one request to the next (${kind} sockets)`, async () => {
      const sockets = new Set<Socket>();
      const server = createServer((request, response) => {
        sockets.add(request.socket);
        request.resume().on('end', () => response.end());
      });
      const socketPath = join(tmpdir(), `llm-otel-${process.pid}.sock`);
      await once(kind === 'TCP' ? server.listen(0, '127.0.0.1') : server.listen(socketPath), 'listening');
      const exporter =
        kind === 'TCP'
          ? exporterTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
          : exporterTo('http://localhost/v1/traces', { httpAgentOptions: { socketPath } as AgentOptions });
      for (const length of [1, 10_000]) {
        for (let i = 0; i < 5; i++) {
          handOver(exporter, makeSpans(100, 'x'.repeat(length)));
          await exporter.forceFlush();
        }
      }
      expect(sockets.size).to.equal(1);
      await exporter.shutdown();
      server.close();
      server.closeAllConnections();
    });

  it('that were kept and turn out to be closed are no failure', async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests++;
      // The second request is the second one on its connection.
      if (requests === 2) request.socket.resetAndDestroy();
      else request.resume().on('end', () => response.end());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const exporter = exporterTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      retry: { maxElapsedTimeMillis: 0 },
    });
    for (let i = 0; i < 2; i++) {
      handOver(exporter, makeSpans(3));
      await exporter.forceFlush();
    }
    expect(requests).to.equal(3);
    expect(summary(exporter)).to.deep.include({ exported: 6, dropped: {} });
    await exporter.shutdown();
    server.close();
    server.closeAllConnections();
  });

  it('that are reset when they are new are a failure, after which nobody asks for a while', async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections++;
      socket.once('data', () => socket.resetAndDestroy());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const exporter = exporterTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      retry: { initialIntervalMillis: 60_000 },
      timeoutMillis: 300,
    });
    handOver(exporter, makeSpans(3));
    await rejection(exporter.forceFlush());
    expect(connections).to.equal(1);
    await exporter.shutdown();
    server.close();
  });

  /** Four requests on four connections, and one more; `reuse` has what comes on a connection that was kept. */
  async function exportOnKept(reuse: (request: IncomingMessage) => void, options: object) {
    const used = new Set<Socket>();
    const waiting: (() => void)[] = [];
    let reused = 0;
    const server = createServer((request, response) => {
      if (used.has(request.socket)) {
        reused++;
        return reuse(request);
      }
      used.add(request.socket);
      waiting.push(() => request.resume().on('end', () => response.end()));
      // The first four are answered together, so that there are four connections.
      if (waiting.length === 4 || reused > 0) for (const answer of waiting.splice(0)) answer();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const exporter = exporterTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      batch: { maxSpans: 1 },
      concurrencyLimit: 4,
      ...options,
    });
    handOver(exporter, makeSpans(4));
    await exporter.forceFlush();
    handOver(exporter, makeSpans(1));
    await exporter.forceFlush();
    const exported = summary(exporter);
    await exporter.shutdown();
    server.close();
    server.closeAllConnections();
    return { connections: used.size, reused, exported };
  }

  it('that were kept may all turn out to be closed', async () => {
    const { connections, reused, exported } = await exportOnKept(
      (request) => request.socket.resetAndDestroy(),
      { retry: { maxElapsedTimeMillis: 0 } },
    );
    expect([connections, reused]).to.deep.equal([5, 4]);
    expect(exported).to.deep.include({ exported: 5, dropped: {} });
  });

  it('that were kept are not replaced when shutdown closes them: what was given up is not sent again', async () => {
    const exporter = exporterTo(receiver.url, { timeoutMillis: 300, requestTimeoutMillis: 5_000 });
    handOver(exporter, makeSpans(1));
    await exporter.forceFlush();
    receiver.answer({ hang: true });
    handOver(exporter, makeSpans(1));
    await exporter.shutdown();
    await sleep(200);
    expect(receiver.requests).to.have.length(2);
    expect(receiver.spans).to.have.length(1);
    expect(summary(exporter)).to.deep.include({ exported: 1, dropped: { shutdown_timeout: 1 } });
  });

  it('that were kept and turn out to be dead are given up together', async () => {
    const { connections, reused } = await exportOnKept(() => {}, {});
    expect([connections, reused]).to.deep.equal([5, 1]);
  });

  for (const [what, afterwards] of [
    ['closes', (socket: Socket) => socket.end(() => setImmediate(() => socket.destroy()))],
    ['reads no more', () => undefined],
  ] as const)
    it(`serve for the next request, when a backend answers before it has read one to the end, and ${what}`, async () => {
      const sockets: Socket[] = [];
      const server = createTcpServer({ allowHalfOpen: true }, (socket) => {
        sockets.push(socket);
        socket.on('error', () => undefined);
        socket.once('data', () => {
          socket.pause();
          socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
          afterwards(socket);
        });
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      // More than the kernel takes of what nobody reads.
      const exporter = exporterTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
        batch: { maxBytes: 32_000_000 },
        concurrencyLimit: 1,
      });
      for (let i = 0; i < 3; i++) {
        handOver(exporter, makeSpans(20, 'x'.repeat(1_000_000)));
        const { message } = await rejection(exporter.forceFlush());
        expect(message).to.contain('(20 rejected)');
      }
      // Time for what the sockets have to tell, which nobody but a listener would keep from ending the process.
      await sleep(100);
      expect(summary(exporter)).to.deep.include({ dropped: { rejected: 60 } });
      await exporter.shutdown();
      server.close();
      for (const socket of sockets) socket.destroy();
    });

  it('to a backend that is down are tried by no more than one batch at a time', async () => {
    const exporter = exporterTo(receiver.url, {
      concurrencyLimit: 4,
      batch: { maxSpans: 10 },
      retry: { initialIntervalMillis: 200, maxIntervalMillis: 200, randomizationFactor: 0 },
    });
    receiver.answerAlways({ status: 503 });
    handOver(exporter, makeSpans(200));
    await sleep(1_100);
    // Four side by side before any was known to fail, then one every 200 ms.
    expect(receiver.requests.length).to.be.within(5, 9);
    receiver.answerAlways(undefined);
    await exporter.forceFlush();
    expect(receiver.spans).to.have.length(200);
    await exporter.shutdown();
  });
});
